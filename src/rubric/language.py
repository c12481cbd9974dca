"""The versions of the language.

Takes nothing; gives the versions that this engine reads. Never a meaning: `pipeline` holds one per version.

A version names a meaning. The policy, for authors in `docs/editions.md`:

- What changes the meaning of any text that was read without an error before is a new version. New sentences, new
  findings and better words are not: a text that could not be read has no meaning to keep.
- An edition states the version it was written in, and is read with that version's meaning for ever, or refused by name.
  It is never read with another version's meaning.
- A meaning is dropped only with a major release of the engine, which then refuses the version by name.
"""

READ_VERSIONS: tuple[int, ...] = (1,)
"""Every version whose meaning this engine has, in order."""

LANGUAGE_VERSION = READ_VERSIONS[-1]
"""The latest version: that of a text that states none and belongs to no edition."""
