import Storage

/// Waiting for a read to have come as far as a caller asks.
extension Services {
    /// How long a read waits for `Summa-Min-Sequence`.
    package static let lagMax = Instant.Span.seconds(2)

    /// Returns when the book's log has come as far as the call's `Summa-Min-Sequence`, at once where it names none.
    /// - Throws: `Problem` when it has not within two seconds.
    func waitForMinimum(of call: Call, in book: BookID) async throws {
        try await waitForMinimum(of: call) { try database.read(book) { $0.asOf } }
    }

    /// The same for what follows the log at a distance.
    /// - Parameter position: How far it has come.
    func waitForMinimum(of call: Call, position: @escaping @Sendable () throws -> Int64) async throws {
        guard let minimum = try call.minimumSequence() else { return }
        let isThere = try await poll(for: Self.lagMax) { try position() >= minimum }
        guard isThere else { throw Problem(.projectionLag, "\(minimum) is not reached yet") }
    }

    /// Looks again and again until something is so; false when the time ran out first, or the server is stopping. What is looked at is a
    /// row or two, so looking costs less than being told would.
    func poll(for span: Instant.Span, until isSo: () throws -> Bool) async throws -> Bool {
        let end = uptime.now.advanced(by: span)
        var pause = Instant.Span.milliseconds(2)
        while try !isSo() {
            guard uptime.now < end, !stop.isRaised else { return false }
            try await sleeper.sleep(for: pause)
            pause = min(Instant.Span(microseconds: pause.microseconds * 2), .milliseconds(50))
        }
        return true
    }
}
