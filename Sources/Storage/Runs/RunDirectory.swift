import Glibc

/// The files of the directory runs lie in.
enum RunDirectory {
    /// Takes away the files nobody names: what a process that died has left. A directory that is not there has none.
    static func remove(from path: String, except names: Set<String>) {
        for name in files(in: path) where !names.contains(name) { unlink(path + "/" + name) }
    }

    private static func files(in path: String) -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: tuple.pointee)) {
                    String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}

extension Database {
    /// Takes away a closed database's files, and the directory where nothing else lies in it.
    package static func remove(from directory: String) {
        RunDirectory.remove(from: directory + "/runs", except: [])
        rmdir(directory + "/runs")
        for name in ["", "-wal", "-shm"] { unlink(file(in: directory) + name) }
        unlink(directory + "/summa.lock")
        rmdir(directory)
    }
}
