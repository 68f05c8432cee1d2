import Storage

/// What every event owes the one before it: the next sequence, the same book, no earlier epoch, no earlier time; and
/// a later epoch begins by telling where the one before it was cut.
struct EventChain {
    private(set) var sequence: Int64 = 0
    private(set) var book: String?
    private(set) var epoch: Int64 = 1
    private var time = Instant(microseconds: .min)

    /// - Parameter book: Nil to take the first event's.
    init(book: String?) {
        self.book = book
    }

    /// Takes the event in the next place. Answers it when it can be read, and adds what is wrong with it.
    mutating func take(_ bytes: [UInt8], adding findings: inout [LogFinding]) -> EventDocument? {
        sequence += 1
        let event: EventDocument
        do throws(EventRejection) { event = try EventDocument(bytes) } catch {
            findings.append(.notAnEvent(sequence, error))
            return nil
        }
        if event.id.sequence != sequence || event.id.book != book ?? event.id.book {
            findings.append(.otherEvent(sequence, found: event.id.description))
        } else if event.time < time || event.id.epoch < epoch {
            findings.append(.wentBack(sequence))
        } else if event.id.epoch > epoch, !tellsCut(event) {
            findings.append(.cutNotTold(sequence))
        }
        book = book ?? event.id.book
        epoch = max(epoch, event.id.epoch)
        time = max(time, event.time)
        return event
    }

    private func tellsCut(_ event: EventDocument) -> Bool {
        guard let cut = try? event.content(as: LogCut.self) else { return false }
        return cut.lastEpoch == epoch && cut.lastSequence == sequence - 1
    }

    /// Notes the events up to a sequence as missing, and goes on behind them.
    mutating func skip(to last: Int64, adding findings: inout [LogFinding]) {
        guard last > sequence else { return }
        if case .missingEvents(let before) = findings.last, before.upperBound == sequence {
            findings[findings.count - 1] = .missingEvents(before.lowerBound...last)
        } else {
            findings.append(.missingEvents(sequence + 1...last))
        }
        sequence = last
    }
}
