import EventLog
import Storage

/// Lays the private texts beside the salted hashes the log has of them: what is kept is what an event spoke of, and what an event
/// spoke of is kept, unless it was erased or the time it is kept for is over.
///
/// The log's hashes are remembered until its end is reached, some 200 bytes for each text.
package struct PrivateTextAudit {
    private struct Place: Hashable {
        let subject: String
        let name: PrivateTextName
    }

    private let texts: PrivateTextStore
    /// What the log last said of each text.
    private var told: [Place: SaltedHash] = [:]
    private var erased: Set<String> = []

    private static let pageSize: Int64 = 500
    /// Findings after which no further ones are named: the first tell what is wrong.
    private static let findingCountMax = 20

    /// - Parameter key: The one the texts are sealed under.
    package init(_ key: InstallationKey) {
        texts = PrivateTextStore(key)
    }

    // MARK: What the log says

    /// Takes the next event of the log, of any type. One that cannot be read is found by whoever replays the log.
    package mutating func apply(_ event: EventDocument) {
        switch event.type {
        case ChargeInitiated.type:
            guard let charge = try? event.content(as: ChargeInitiated.self) else { return }
            note(charge.description, .description, of: charge.subject)
            note(charge.metadata, .metadata, of: charge.subject)
        case OutcomeRecorded.type:
            guard let outcome = try? event.content(as: OutcomeRecorded.self) else { return }
            note(outcome.nextActionURL, .nextActionURL, of: outcome.subject)
        case MerchantCreated.type:
            guard let merchant = try? event.content(as: MerchantCreated.self) else { return }
            note(merchant.displayName, .displayName, of: merchant.subject)
        case MerchantChanged.type:
            guard let merchant = try? event.content(as: MerchantChanged.self) else { return }
            note(merchant.displayName, .displayName, of: merchant.subject)
        case NotificationReceived.type:
            guard let received = try? event.content(as: NotificationReceived.self) else { return }
            note(received.body, .body, of: received.subject)
        case PrivateTextErased.type: erased.insert(event.subject)
        default: break
        }
    }

    private mutating func note(_ hash: SaltedHash?, _ name: PrivateTextName, of subject: String) {
        if let hash { told[Place(subject: subject, name: name)] = hash }
    }

    // MARK: What is kept

    /// What is wrong with the texts of a book whose whole log was taken.
    package func findings(in rows: Rows) throws -> [PrivateTextFinding] {
        var findings: [PrivateTextFinding] = []
        var unseen = told
        var last: PrivateTextRow?
        repeat {
            let page = try page(after: last, in: rows)
            for row in page {
                unseen[Place(subject: row.subject.text, name: row.name)] = nil
                if let finding = try finding(of: row, in: rows) { findings.append(finding) }
            }
            last = page.last
        } while last != nil && findings.count < Self.findingCountMax
        guard last == nil else { return findings }
        let gone = unseen.keys.sorted { ($0.subject, $0.name.rawValue) < ($1.subject, $1.name.rawValue) }
        for place in gone where findings.count < Self.findingCountMax {
            if let finding = try finding(ofMissing: place, in: rows) { findings.append(finding) }
        }
        return findings
    }

    private func page(after last: PrivateTextRow?, in rows: Rows) throws -> [PrivateTextRow] {
        try rows.select(
            PrivateTextRow.self, "(subject, name) > (?2, ?3) ORDER BY subject, name LIMIT ?4",
            [.text(last?.subject.text ?? ""), .text(last?.name.rawValue ?? ""), .integer(Self.pageSize)])
    }

    private func finding(of row: PrivateTextRow, in rows: Rows) throws -> PrivateTextFinding? {
        if erased.contains(row.subject.text) { return .notErased(row.subject, row.name) }
        guard let hash = told[Place(subject: row.subject.text, name: row.name)] else {
            return .untold(row.subject, row.name)
        }
        do {
            guard case .text(_, let kept) = try texts.read(row.name, of: row.subject, in: rows) else {
                return .unreadable(row.subject, row.name)
            }
            return kept == hash ? nil : .differs(row.subject, row.name)
        } catch is SealingFault {
            return .unreadable(row.subject, row.name)
        }
    }

    /// A text is gone rightly when its subject was erased, and with its key; a notification's also when its time was over, and
    /// then the notification is gone as well.
    private func finding(ofMissing place: Place, in rows: Rows) throws -> PrivateTextFinding? {
        guard let subject = AllowedText(place.subject) else { return nil }
        if erased.contains(place.subject) {
            let isKeyLeft = try rows.find(PrivateTextKeyRow.self, place.subject)?.wrapped != nil
            return isKeyLeft ? .notErased(subject, place.name) : nil
        }
        if place.name == .body, let id = NotificationID(text: place.subject),
            try rows.find(KeptNotification.self, id) == nil
        {
            return nil
        }
        return .missing(subject, place.name)
    }
}
