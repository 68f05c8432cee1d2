import JSON

/// Reading a signed note from the bytes of a stranger. Everything is done on bytes: Swift's characters would take
/// a carriage return and a newline for one, and would call texts equal whose bytes differ.
extension SignedNote {
    /// Above this many signatures a note is refused unread; C2SP asks to take at least 16.
    package static let signatureCountMax = 100
    private static let newline = UInt8(ascii: "\n")

    package init(_ bytes: [UInt8]) throws(NoteRejection) {
        guard Self.isPlain(bytes), let blank = Self.lastEmptyLine(of: bytes),
            let text = String(validating: bytes[...blank], as: UTF8.self)
        else { throw .malformed }
        let lines = bytes[(blank + 2)...].split(separator: Self.newline, omittingEmptySubsequences: false)
        // Every line ends in a newline, so splitting leaves one empty piece at the end.
        guard lines.last?.isEmpty == true, 1...Self.signatureCountMax ~= lines.count - 1 else { throw .malformed }
        var signatures: [NoteSignature] = []
        for line in lines.dropLast() {
            guard let signature = NoteSignature(line: line) else { throw .malformed }
            signatures.append(signature)
        }
        self.init(text: text, signatures: signatures)
    }

    package init(_ note: String) throws(NoteRejection) {
        try self.init(Array(note.utf8))
    }

    /// Where the text's last newline stands, the one before the last empty line.
    private static func lastEmptyLine(of bytes: [UInt8]) -> Int? {
        bytes.indices.dropLast().last { bytes[$0] == newline && bytes[$0 + 1] == newline }
    }
}

extension NoteSignature {
    private static let prefix = Array("— ".utf8)

    /// `— name base64(key hash ‖ signature)` and a newline.
    var line: String {
        let hash = withUnsafeBytes(of: key.hash.bigEndian) { Array($0) }
        return "— \(key.name) \(Base64.standard.encode(hash + signature))\n"
    }

    init?(line: ArraySlice<UInt8>) {
        guard line.starts(with: Self.prefix) else { return nil }
        let parts = line.dropFirst(Self.prefix.count).split(
            separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 2, let name = String(validating: parts[0], as: UTF8.self), NoteKeyID.isValidName(name),
            let bytes = Base64.standard.decode(String(decoding: parts[1], as: UTF8.self)), bytes.count > 4
        else { return nil }
        key = NoteKeyID(name: name, hash: bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) })
        signature = Array(bytes.dropFirst(4))
    }
}
