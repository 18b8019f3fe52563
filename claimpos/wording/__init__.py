"""The words of reports: names, numbers, dates, and sentences that explain verdicts."""
