import EventLog
import Synchronization

/// Where checkpoints lie that the database cannot reach. It outlives every process.
final class OutsidePlace: Sendable {
    private let notes = Mutex<(latest: [String: SignedNote], history: [String: [SignedNote]])>(([:], [:]))

    func latest() -> [SignedNote] {
        notes.withLock { notes in notes.latest.sorted { $0.key < $1.key }.map(\.value) }
    }

    /// All that were ever put here of one book's log.
    func history(of book: String) -> [SignedNote] {
        notes.withLock { $0.history[book] ?? [] }
    }

    func put(_ note: SignedNote) throws {
        let checkpoint = try Checkpoint(text: note.text)
        notes.withLock { notes in
            notes.latest[checkpoint.origin] = note
            notes.history[LogOrigin(text: checkpoint.origin)?.book ?? "", default: []].append(note)
        }
    }
}

/// The outside place as one process reaches it: not after its end, and not always before.
struct ReachedPlace: CheckpointPlace {
    let place: OutsidePlace
    let life: Life
    let fate: Fate

    func latest() throws -> [SignedNote] { place.latest() }

    func put(_ note: SignedNote) throws {
        guard !life.isOver, !fate.strikes(.checkpointPlace) else {
            throw CheckpointPlaceFault(description: "the outside place does not answer")
        }
        try place.put(note)
    }
}
