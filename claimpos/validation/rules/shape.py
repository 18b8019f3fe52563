"""Shape: what the JSON Schemas ask of a file; `claimpos schema` prints them.

CP200 error: a file that is none of a dossier's files

    Only where no other rule of this family says what is wrong.

CP202 error: an unknown key

    FAIL
        nme: A case
        name: A case
    PASS
        name: A case

CP203 error: a key that is missing

    FAIL
        positions:
          status:
            - {accepts: open, evidence: [said]}
    PASS
        positions:
          status:
            - {since: 2025, accepts: open, evidence: [said]}

CP204 error: a value of the wrong type, such as a number where a text is asked

    FAIL
        name: 2025
    PASS
        name: "2025"

CP205 error: text in the wrong format, such as an id or a date

    FAIL
        positions:
          status:
            - {since: 13 March 2025, accepts: open, evidence: [said]}
    PASS
        positions:
          status:
            - {since: 2025-03-13, accepts: open, evidence: [said]}

CP206 error: a word that is not one of those asked

    FAIL
        positions:
          status:
            - {since: 2025, accepts: open, priority: urgent, evidence: [said]}
    PASS
        positions:
          status:
            - {since: 2025, accepts: open, priority: high, evidence: [said]}

CP207 error: a text, a list or a map that is empty or too short

    FAIL
        positions:
          status:
            - {since: 2025, accepts: open, evidence: []}
    PASS
        positions:
          status:
            - {since: 2025, accepts: open, evidence: [said]}

CP208 error: a member that stands in a list twice

    FAIL
        aliases: [the-case, the-case]
    PASS
        aliases: [the-case]
"""
