import Glibc
import Storage

/// Where the files of runs may lie for as long as they last: in memory where the system has such a place, for a run syncs
/// thousands of times, and what a crash of the machine would leave is none of its questions.
package struct SimulationPlace {
    package let path: String

    /// - Throws: `StorageFault.cannotOpen`.
    package init() throws(StorageFault) {
        let base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array((base + "/summa-simulation-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw .cannotOpen("cannot make a directory in \(base)") }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Takes the directory away, which every run leaves empty.
    package func remove() { rmdir(path) }
}
