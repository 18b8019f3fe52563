"""Data with places → model, checking on the way what refers to what and what contradicts itself.

The form of the files is described by the JSON Schemas. The readers here only notice that a piece
does not have it, leave the piece out, and set `Reading.misshapen`; what exactly is wrong with it
is said by `claimpos.validation.shape`, which needs a slow library and is seldom called.
"""
