import Storage

/// What a script does to boxes, whoever keeps them: the engine under test, or the naive model it must agree with.
protocol BoxStore: ~Copyable {
    func box(_ id: Int64) throws -> Box?
    func box(labelled label: String) throws -> Box?
    /// The boxes of a shelf, in the order of their numbers.
    func boxes(on shelf: Int64) throws -> [Box]
    mutating func insert(_ box: Box)
    mutating func update(_ box: Box)
    mutating func delete(box id: Int64)
    mutating func append(_ bytes: [UInt8]) -> Int64
    mutating func identifier() -> Int64
    /// Runs steps of which nothing remains when one of them throws.
    mutating func attempt(_ body: (inout Self) throws -> Void) throws
}

extension UnitOfWork: BoxStore {
    func box(_ id: Int64) throws -> Box? { try find(Box.self, id) }
    func box(labelled label: String) throws -> Box? { try find(Box.byLabel, label) }
    func boxes(on shelf: Int64) throws -> [Box] { try group(Box.byShelf, shelf) }
    mutating func delete(box id: Int64) { delete(Box.self, id) }
    mutating func append(_ bytes: [UInt8]) -> Int64 { appendEntry { $0 += bytes } }
    mutating func identifier() -> Int64 { newIdentifier(BoxNumber.self).rawValue }
}

/// An identifier of these tests.
struct BoxNumber: Identifier {
    static let prefix = "box"
    let rawValue: Int64
}
