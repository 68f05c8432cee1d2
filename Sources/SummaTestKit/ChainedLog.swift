import Storage

/// The simplest log extension that notices everything: the head keeps a sum over the bytes of all entries in order, so
/// that two logs with equal heads were written alike. Every entry of which the sequence is a multiple of four completes
/// a tile. For tests of the engine; what proves a real log is EventLog's.
package struct ChainedLog: LogExtension {
    package init() {}

    package func extend(
        _ tree: inout [UInt8], by entries: LogEntries, firstSequence: Int64
    ) throws -> [LogTile] {
        var sum = tree.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        var sequence = firstSequence
        var tiles: [LogTile] = []
        entries.forEach { bytes in
            for byte in bytes { sum = (sum ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
            sum = (sum ^ UInt64(bytes.count)) &* 0x0000_0100_0000_01B3
            if sequence % 4 == 0 { tiles.append(LogTile(level: 0, index: sequence / 4 - 1, hashes: Self.bytes(sum))) }
            sequence += 1
        }
        tree = Self.bytes(sum)
        return tiles
    }

    private static func bytes(_ sum: UInt64) -> [UInt8] {
        withUnsafeBytes(of: sum.bigEndian) { Array($0) }
    }
}
