"""The words of casemill: frozen values and pure functions that every room shares.

One class a word, one file a family; the same class reads YAML, JSON and model answers. `docs/glossary.md` explains
each. Import a word from its own file: `from casemill.domain.case import Case`.
"""
