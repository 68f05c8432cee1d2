import Storage

/// Charges carried through: the sandbox is asked, in a process of its own, its callbacks come in, and a charge counts when
/// the view shows it captured. The backlog is flat, so the rate is one that could go on.
struct CarriedChargesCase: BenchCase {
    let connectionCount: Int
    let seconds: Int64
    /// The most charges on their way at once.
    let backlogMax: Int

    var name: String { "carried through, \(connectionCount) connections" }

    func measure(in place: BenchPlace) async throws -> [BenchFigure] {
        var service = ServedBooks.Service()
        service.carriesThrough = true
        return try await ServedBooks.with(place, service) { books in
            let track = CarriedTrack(countMax: backlogMax)
            let requests = ChargeRequests(key: books.key, seed: place.seed, track: track)
            let warmUp = max(2, seconds / 4)
            async let sending = books.load(
                requests, connectionCount: connectionCount, for: .seconds(warmUp + seconds))
            try await follow(track, in: books, for: .seconds(warmUp))
            _ = track.takeLatencies()
            let meter = RateMeter(of: books.installation.database)
            try await follow(track, in: books, for: .seconds(seconds))
            let latencies = track.takeLatencies()
            let rate = meter.figures("charges", Int64(latencies.count))
            _ = try await sending
            try await finish(track, in: books)
            return rate + latencies.figures + [BenchFigure("peak", .kibibytes, ProcessMeasures.peakMemoryKiB)]
        }
    }

    private func follow(_ track: CarriedTrack, in books: ServedBooks, for span: Instant.Span) async throws {
        let uptime = Uptime()
        let end = uptime.now.advanced(by: span)
        while uptime.now < end {
            try track.look(in: books.installation.database, at: uptime.now)
            try await TaskSleeper().sleep(for: .milliseconds(10))
        }
    }

    /// What is still on its way arrives: a charge that never does is an error, whatever the rate.
    private func finish(_ track: CarriedTrack, in books: ServedBooks) async throws {
        let deadline = Uptime().now.advanced(by: .seconds(60))
        while track.count > 0 {
            guard Uptime().now < deadline else { throw CommandFailure("\(track.count) charges were never captured") }
            try await follow(track, in: books, for: .milliseconds(20))
        }
    }
}
