import JSON

/// What a caller says about a payment in its own words: kept as private text, never in an event. Whether a card number
/// stands in it is screened before.
package struct CallerText: Hashable, Sendable {
    package static let descriptionLengthMax = 500
    package static let metadataCountMax = 50
    package static let nameLengthMax = 40
    package static let valueLengthMax = 500

    package let description: String?
    /// Sorted by name, so that the same metadata has one text whatever order it came in.
    package let metadata: [Member]

    package struct Member: Hashable, Sendable {
        package let name: String
        package let value: String
    }

    package init(
        description: String? = nil, metadata: [(name: String, value: String)] = []
    ) throws(CallerTextRejection) {
        if let description, description.unicodeScalars.count > Self.descriptionLengthMax {
            throw .descriptionTooLong(max: Self.descriptionLengthMax)
        }
        guard metadata.count <= Self.metadataCountMax else { throw .tooMany(max: Self.metadataCountMax) }
        for member in metadata { try Self.check(member) }
        self.description = description
        self.metadata = metadata.map(Member.init).sorted { $0.name < $1.name }
        for (left, right) in zip(self.metadata, self.metadata.dropFirst()) where left.name == right.name {
            throw .duplicateName(left.name)
        }
    }

    private static func check(_ member: (name: String, value: String)) throws(CallerTextRejection) {
        guard 1...nameLengthMax ~= member.name.unicodeScalars.count else { throw .nameLength(max: nameLengthMax) }
        guard member.value.unicodeScalars.count <= valueLengthMax else {
            throw .valueTooLong(name: member.name, max: valueLengthMax)
        }
    }

    /// What is to be kept; empty when the caller said nothing.
    package func drafts(random: some RandomSource) -> [PrivateTextDraft] {
        var drafts: [PrivateTextDraft] = []
        if let description { drafts.append(PrivateTextDraft(.description, description, random: random)) }
        if !metadata.isEmpty { drafts.append(PrivateTextDraft(.metadata, metadataBytes, random: random)) }
        return drafts
    }

    /// One JSON object, as it is kept.
    private var metadataBytes: [UInt8] {
        var writer = JSONWriter(capacity: 64 * metadata.count)
        writer.beginObject()
        for member in metadata { writer.field(named: member.name, member.value) }
        writer.endObject()
        return writer.takeBytes()
    }
}

/// Why a caller's text is refused, in the order checked.
package enum CallerTextRejection: Error, Hashable {
    case descriptionTooLong(max: Int)
    case tooMany(max: Int)
    case nameLength(max: Int)
    case valueTooLong(name: String, max: Int)
    case duplicateName(String)
}
