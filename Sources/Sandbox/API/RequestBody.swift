import JSON

/// Reads the body of a request: JSON, each member once, none unknown.
struct RequestBody {
    private var fields: JSONFields
    /// The body as it was read, members sorted: the same for every order and spacing of the same members.
    let canonicalText: String

    /// An empty body counts as an empty object.
    init(_ bytes: [UInt8]) throws(SandboxProblem) {
        do {
            let value = bytes.isEmpty ? try JSONValue(parsing: "{}") : try JSONValue(parsing: bytes)
            fields = try JSONFields(value)
            let members = (value.object?.members ?? []).sorted { $0.name < $1.name }
            canonicalText = JSONObject(members).map { JSONValue.object($0).text } ?? ""
        } catch let error as JSONError {
            throw .malformedJSON("\(error.kind) at byte \(error.offset)")
        } catch let error as JSONFieldError {
            throw Self.problem(error)
        } catch {
            throw .malformedJSON("\(error)")
        }
    }

    static let amountMax: Int64 = 999_999_999_999

    mutating func amount() throws(SandboxProblem) -> Int64 {
        guard let amount = try optionalAmount() else { throw .invalidField("amount", "amount is missing") }
        return amount
    }

    mutating func optionalAmount() throws(SandboxProblem) -> Int64? {
        guard let amount = try read({ (fields) throws(JSONFieldError) in try fields.optionalInteger("amount") }) else {
            return nil
        }
        guard (1...Self.amountMax).contains(amount) else {
            throw .invalidField("amount", "amount must be from 1 to \(Self.amountMax) minor units")
        }
        return amount
    }

    mutating func text(_ name: String) throws(SandboxProblem) -> String {
        try read { (fields) throws(JSONFieldError) in try fields.string(name, maxLength: 255) }
    }

    mutating func optionalText(_ name: String) throws(SandboxProblem) -> String? {
        try read { (fields) throws(JSONFieldError) in try fields.optionalString(name, maxLength: 2_048) }
    }

    mutating func optionalFlag(_ name: String) throws(SandboxProblem) -> Bool? {
        try read { (fields) throws(JSONFieldError) in try fields.optionalBool(name) }
    }

    mutating func optionalInteger(_ name: String) throws(SandboxProblem) -> Int64? {
        try read { (fields) throws(JSONFieldError) in try fields.optionalInteger(name) }
    }

    /// One of a closed set of words, or nil when the member is absent.
    mutating func optionalWord<Word: RawRepresentable<String>>(
        _ name: String, _ type: Word.Type = Word.self
    ) throws(SandboxProblem) -> Word? {
        guard let text = try optionalText(name) else { return nil }
        guard let word = Word(rawValue: text) else { throw .invalidField(name, "\(name) is none of the known words") }
        return word
    }

    /// The caller's own name for what it asks: 1–100 letters that need no quoting anywhere.
    mutating func optionalReference() throws(SandboxProblem) -> String? {
        guard let text = try optionalText("reference") else { return nil }
        guard (1...100).contains(text.utf8.count), text.utf8.allSatisfy(Self.isPlain) else {
            throw .invalidField("reference", "reference must be 1 to 100 characters of A-Z a-z 0-9 . _ : -")
        }
        return text
    }

    mutating func reference() throws(SandboxProblem) -> String {
        guard let reference = try optionalReference() else {
            throw .invalidField("reference", "reference is missing")
        }
        return reference
    }

    func finish() throws(SandboxProblem) {
        do { try fields.finish() } catch { throw Self.problem(error) }
    }

    private mutating func read<Value>(
        _ body: (inout JSONFields) throws(JSONFieldError) -> Value
    ) throws(SandboxProblem) -> Value {
        do { return try body(&fields) } catch { throw Self.problem(error) }
    }

    private static func problem(_ error: JSONFieldError) -> SandboxProblem {
        // The body itself has no name.
        SandboxProblem(
            400, "invalid_field", error.path == .root ? "the body must be an object" : error.description,
            param: error.path == .root ? nil : error.path.description)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "-")].contains(byte)
        }
    }
}
