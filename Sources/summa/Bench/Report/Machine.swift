import Foundation
import Glibc
import JSON

/// The machine figures were measured on: without it they say nothing.
struct Machine {
    let coreCount: Int
    let memoryKiB: Int64
    let system: String
    /// Processes that wanted to run during the last minute, in hundredths: near zero on a quiet machine.
    let loadHundredths: Int64

    static var current: Machine {
        let process = ProcessInfo.processInfo
        var loads = [Double](repeating: 0, count: 1)
        getloadavg(&loads, 1)
        return Machine(
            coreCount: process.activeProcessorCount, memoryKiB: Int64(clamping: process.physicalMemory / 1_024),
            system: process.operatingSystemVersionString, loadHundredths: Int64(loads[0] * 100))
    }

    var json: JSONValue {
        .object([
            ("cores", .integer(Int64(coreCount))), ("memory_kib", .integer(memoryKiB)), ("system", .string(system)),
            ("load_hundredths", .integer(loadHundredths)),
        ])
    }

    /// One line for people.
    var text: String {
        let load = BenchFigure("load", .perMille, loadHundredths / 10).cell
        return "\(coreCount) cores, \(memoryKiB >> 20) GiB, \(system), load \(load) at the end"
    }
}
