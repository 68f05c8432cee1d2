extension Engine {
    /// What bounds an engine: how much it takes at once, how much waits, how much it remembers.
    package struct Limits: Sendable {
        /// Units in one batch.
        package var batchCountMax = 8_192
        /// Bytes of entries and changed rows after which a batch takes no further unit.
        package var batchBytesMax = 16 << 20
        /// Units waiting; one more is refused as `overloaded`.
        package var queueCountMax = 32_768
        package var queueBytesMax = 256 << 20
        /// What rows may take in memory between batches, over all books.
        package var cacheBytesMax = 64 << 20
        /// How long a batch goes on running bodies; it is looked at now and then.
        package var batchSpanMax = Instant.Span.milliseconds(250)
        /// How often a body is run again for rows it missed before it reads them in place. On SQLite that costs
        /// no round trip, so at once; over a network three rounds come first.
        package var missRounds = 0

        package init() {}
    }
}
