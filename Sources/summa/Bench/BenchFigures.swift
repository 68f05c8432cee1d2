import Glibc
import Storage

/// Times of many runs of one thing.
struct Latencies {
    private var microseconds: [Int64] = []

    var count: Int { microseconds.count }

    mutating func add(_ span: Instant.Span) { microseconds.append(span.microseconds) }

    /// The time that this share of a thousand did not exceed.
    func perMille(_ share: Int) -> Int64 {
        let sorted = microseconds.sorted()
        guard !sorted.isEmpty else { return 0 }
        return sorted[min(sorted.count - 1, sorted.count * share / 1_000)]
    }
}

/// The most memory this process has had, in KiB, as the kernel counts it.
func peakMemoryKiB() -> Int {
    var usage = rusage()
    getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss
}

/// What a directory's files take on the disk, in bytes.
func bytesOnDisk(of files: [String]) -> Int64 {
    files.reduce(0) { sum, file in
        var status = stat()
        return stat(file, &status) == 0 ? sum + Int64(status.st_blocks) * 512 : sum
    }
}

/// Milliseconds with two digits, from microseconds.
func milliseconds(_ microseconds: Int64) -> String {
    let hundredths = microseconds / 10
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
}
