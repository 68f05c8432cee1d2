import Glibc
import Storage

/// What the kernel has counted of this process.
enum ProcessMeasures {
    /// The most memory it has had since the peak was last forgotten, in KiB.
    static var peakMemoryKiB: Int64 { Int64(usage.ru_maxrss) }

    /// Forgets the peak, so that one load is not told another's. Memory that is not given back counts on.
    static func forgetPeak() {
        let file = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        _ = write(file, "5", 1)
        close(file)
    }

    /// Processor time of all its threads since it began, in the kernel and out of it.
    static var processorTime: Instant.Span {
        let (user, system) = (usage.ru_utime, usage.ru_stime)
        let seconds = Int64(user.tv_sec) + Int64(system.tv_sec)
        return Instant.Span(microseconds: seconds * 1_000_000 + Int64(user.tv_usec) + Int64(system.tv_usec))
    }

    private static var usage: rusage {
        var usage = rusage()
        getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
        return usage
    }
}

/// Counts something over wall time, with the processor time it cost this process and how many units shared a commit.
struct RateMeter {
    private let uptime = Uptime()
    private let start: Instant
    private let processorStart: Instant.Span
    private let database: Database?
    private let countsStart: EngineMeasures.Counts?

    /// - Parameter database: Whose commits are counted; nil where there are none.
    init(of database: Database? = nil) {
        self.database = database
        countsStart = database?.counts
        start = uptime.now
        processorStart = ProcessMeasures.processorTime
    }

    /// - Parameter name: What was counted.
    func figures(_ name: String, _ count: Int64) -> [BenchFigure] {
        let elapsed = max(1, uptime.now.since(start).microseconds)
        let busy = ProcessMeasures.processorTime.microseconds - processorStart.microseconds
        return [
            BenchFigure(name, .perSecond, count * 1_000_000 / elapsed),
            BenchFigure("processor", .shortMicroseconds, busy / max(1, count)),
        ] + unitsPerBatch
    }

    private var unitsPerBatch: [BenchFigure] {
        guard let counts = database?.counts, let countsStart else { return [] }
        let batchCount = max(1, counts.batches - countsStart.batches)
        return [BenchFigure("units a commit", .count, Int64((counts.units - countsStart.units) / batchCount))]
    }
}
