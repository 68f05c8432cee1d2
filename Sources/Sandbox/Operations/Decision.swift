/// How an open operation ends.
enum Decision: Hashable, Sendable {
    case succeeds
    case declined(DeclineCode)
    case failed(DeclineCode)

    var status: Operation.Status {
        switch self {
        case .succeeds: .succeeded
        case .declined: .declined
        case .failed: .failed
        }
    }

    var code: DeclineCode? {
        switch self {
        case .succeeds: nil
        case .declined(let code), .failed(let code): code
        }
    }

    /// As it is stored with a job: the status, and the code where there is one.
    var text: String {
        [status.rawValue, code?.code].compactMap(\.self).joined(separator: " ")
    }

    init?(text: String) {
        let words = text.split(separator: " ").map(String.init)
        let code = words.dropFirst().first.flatMap(DeclineCode.init(stored:))
        switch (words.first, code) {
        case ("succeeded", nil): self = .succeeds
        case ("declined", let code?): self = .declined(code)
        case ("failed", let code?): self = .failed(code)
        default: return nil
        }
    }
}
