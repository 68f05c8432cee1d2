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
        /// A batch of so many or more is committed while the bodies of the next run.
        package var aheadCountMin = 32
        /// When bodies ran ahead in vain, so many batches run one after the other before it is tried again.
        package var aheadPauseCount = 64
        /// How often a body is run again for rows it missed before it reads in place; a store may ask for more.
        package var missRounds = 0
        /// How often a batch is run again when the connection was lost before its commit, or another process was in the way.
        package var retryCountMax = 5
        /// How long the callers of a commit whose answer was lost wait for the database to tell.
        package var settlingSpanMax = Instant.Span.seconds(30)

        package init() {}

        /// What one of several engines may take, so that all of them take no more than one would.
        func share(of count: Int) -> Limits {
            var share = self
            share.queueCountMax = max(1, queueCountMax / count)
            share.queueBytesMax = max(1, queueBytesMax / count)
            share.cacheBytesMax = cacheBytesMax / count
            return share
        }
    }
}
