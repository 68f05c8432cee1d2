import HTTPTypes

/// Headers that say how an answer is wanted.
extension Call {
    /// How many seconds the caller lets us wait for an outcome, by `Prefer: wait=N` (RFC 7240 §4.3); at most 30, nil when it
    /// says nothing of it. A preference we cannot read is no preference.
    package var waitSeconds: Int64? {
        let preferences = headers[values: .prefer].flatMap { $0.split(separator: ",") }
        for preference in preferences {
            let parts = preference.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].trimmed.lowercased() == "wait" else { continue }
            let digits = parts[1].trimmed.drop { $0 == "\"" }.prefix { $0 != "\"" }
            return Int64(plainDigits: String(digits)).map { min($0, Self.waitSecondsMax) }
        }
        return nil
    }

    package static let waitSecondsMax: Int64 = 30

    /// The sequence the answer must have reached, by `Summa-Min-Sequence`; nil when the caller takes what there is.
    package func minimumSequence() throws(Problem) -> Int64? {
        let values = headers[values: .minimumSequence]
        guard !values.isEmpty else { return nil }
        guard values.count == 1, let sequence = Int64(plainDigits: values[0]) else {
            throw Problem(.headerInvalid, "one whole number of 0 or more", param: "Summa-Min-Sequence")
        }
        return sequence
    }

    /// The API key, by `Authorization: Bearer …` (RFC 6750 §2.1).
    func bearerToken() throws(Problem) -> String {
        let values = headers[values: .authorization]
        guard values.count == 1 else { throw Problem(.authenticationRequired) }
        let parts = values[0].split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw Problem(.authenticationRequired) }
        return String(parts[1].trimmed)
    }
}

extension Substring {
    /// Without spaces and tabs around it.
    fileprivate var trimmed: Substring {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        let tail = drop(while: isSpace)
        guard let last = tail.lastIndex(where: { !isSpace($0) }) else { return "" }
        return tail[...last]
    }
}
