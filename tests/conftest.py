"""How many examples the random tests try: `--hypothesis-profile=thorough` for many more."""

from hypothesis import settings

settings.register_profile("thorough", max_examples=1500)
