import Glibc

/// A file's pages one after another, each looked at for damage.
struct RunFilePages {
    private let descriptor: Int32
    private let chunk: UnsafeMutableRawBufferPointer
    private var chunkBytes = 0
    private var position = 0
    /// The place of the next page.
    private(set) var place = 0

    /// - Parameter chunk: Memory for as many pages as are read at once.
    init(_ descriptor: Int32, _ chunk: UnsafeMutableRawBufferPointer) {
        self.descriptor = descriptor
        self.chunk = chunk
    }

    /// What the next page holds, until the one after it is asked for; nil where it is damaged or the file has ended.
    mutating func next() -> UnsafeRawBufferPointer? {
        if position == chunkBytes { readChunk() }
        guard position + RunPage.byteCount <= chunkBytes else { return nil }
        let page = UnsafeRawBufferPointer(rebasing: chunk[position..<position + RunPage.byteCount])
        guard RunPage.isSound(page, place: place) else { return nil }
        position += RunPage.byteCount
        place += 1
        return RunPage.content(of: page)
    }

    /// Nothing stands behind the last page.
    var isAtEnd: Bool {
        mutating get {
            if position == chunkBytes { readChunk() }
            return chunkBytes == 0
        }
    }

    private mutating func readChunk() {
        position = 0
        chunkBytes = 0
        while chunkBytes < chunk.count {
            let count = read(descriptor, chunk.baseAddress.map { $0 + chunkBytes }, chunk.count - chunkBytes)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            chunkBytes += count
        }
    }
}
