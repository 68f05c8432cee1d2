// The charter of this target is in ARCHITECTURE.md.
