"""Turns data with places into the model, and checks references and contradictions on the way.

The JSON Schemas describe the form of the files. If a piece does not have that form, the readers
leave it out and set `Reading.misshapen`. What is wrong with it is then explained by
`claimpos.validation.shape`, which needs a slow library and is seldom called.
"""
