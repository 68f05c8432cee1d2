/// Tells of nearly every hash that is not in a run that it is not, by one look into memory: sixteen bits a hash, six of them set
/// within one line of the processor's cache. It is wrong about two in a thousand, and never about one that is there.
struct RunFilter: Sendable {
    /// Eight words to a block.
    private(set) var words: ContiguousArray<UInt64>
    private let blockCount: UInt64

    static let wordsPerBlock = 8

    /// An empty filter for so many hashes.
    init(count: Int) {
        blockCount = UInt64(max(1, (count + 31) / 32))
        words = ContiguousArray(repeating: 0, count: Int(blockCount) * Self.wordsPerBlock)
    }

    /// A filter as it was written. Its words are whole blocks.
    init(words: ContiguousArray<UInt64>) {
        precondition(!words.isEmpty && words.count % Self.wordsPerBlock == 0, "a filter is made of whole blocks")
        self.words = words
        blockCount = UInt64(words.count / Self.wordsPerBlock)
    }

    mutating func insert(_ hash: UInt64) {
        let block = block(of: hash)
        var bits = Self.bits(of: hash)
        for _ in 0..<Self.bitsPerHash {
            words[block + Int(bits >> 6 & 7)] |= 1 << (bits & 63)
            bits >>= 9
        }
    }

    func mayContain(_ hash: UInt64) -> Bool {
        let block = block(of: hash)
        var bits = Self.bits(of: hash)
        for _ in 0..<Self.bitsPerHash {
            if words[block + Int(bits >> 6 & 7)] & 1 << (bits & 63) == 0 { return false }
            bits >>= 9
        }
        return true
    }

    private static let bitsPerHash = 6

    /// The first word of the hash's block.
    private func block(of hash: UInt64) -> Int {
        Int(hash.multipliedFullWidth(by: blockCount).high) * Self.wordsPerBlock
    }

    /// Nine bits for each bit set, apart from those that chose the block.
    private static func bits(of hash: UInt64) -> UInt64 {
        KeyHash.fold(hash, 0x8ebc_6af0_9c88_c6e3)
    }
}
