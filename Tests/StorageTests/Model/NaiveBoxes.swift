import Storage

/// The model: a dictionary and a list, copied whole before anything is tried. Too slow to use, too simple to be wrong.
struct NaiveBoxes: BoxStore {
    private(set) var boxes: [Int64: Box] = [:]
    private(set) var entries: [[UInt8]] = []
    /// A row that the database will refuse is among them.
    private(set) var isBroken = false

    func box(_ id: Int64) -> Box? { boxes[id] }
    func box(labelled label: String) -> Box? { boxes.values.first { $0.label == label } }
    func boxes(on shelf: Int64) -> [Box] { boxes.values.filter { $0.shelf == shelf }.sorted { $0.id < $1.id } }

    mutating func insert(_ box: Box) {
        if box.content < 0 || box.label.map({ self.box(labelled: $0) != nil }) == true { isBroken = true }
        boxes[box.id] = box
    }

    mutating func update(_ box: Box) { boxes[box.id] = box }
    mutating func delete(box id: Int64) { boxes[id] = nil }

    mutating func append(_ bytes: [UInt8]) -> Int64 {
        entries.append(bytes)
        return Int64(entries.count)
    }

    /// Which numbers are given out is the clock's matter; that they ascend is checked apart.
    func identifier() -> Int64 { 0 }

    mutating func attempt(_ body: (inout NaiveBoxes) throws -> Void) throws {
        let before = self
        do { try body(&self) } catch {
            self = before
            throw error
        }
    }

    /// Runs a whole script as a caller's body: what it saw, or why nothing of it remains.
    mutating func run(_ script: Script) -> Script.Ending {
        let before = self
        var sight = Script.Sight()
        do { try script.run(on: &self, seeing: &sight) } catch {
            self = before
            return .refused
        }
        guard isBroken else { return .answered(sight.observations) }
        self = before
        return .broke
    }
}
