import JSON

/// One type of event as it is published: what it means and which members its data has.
package struct EventSchema: Sendable {
    package let type: String
    package let meaning: String
    package let subjectMeaning: String
    /// Members of `data`: those of the context, then its own.
    package let fields: [EventField]

    package init<Content: EventContent>(_ content: Content.Type) {
        type = content.type
        meaning = content.meaning
        subjectMeaning = content.subjectMeaning
        fields = Self.contextFields + content.fields
    }

    /// What every event says of who caused it.
    package static let contextFields = [
        EventField("actor", .text, "who acted: a key, a provider, or a part of the system"),
        EventField("request", .text, optional: true, "the request that asked for it"),
        EventField("reason", .text, optional: true, "a code for why, where one was given"),
    ]

    /// What is wrong with the data of an event of this type; empty when it is as published.
    package func faults(in data: JSONValue) -> [String] {
        EventField.Kind.object(fields).faults(in: data, at: "data")
    }
}

extension EventField.Kind {
    func faults(in value: JSONValue, at path: String) -> [String] {
        switch self {
        case .object(let fields): return objectFaults(fields, in: value, at: path)
        case .list(let kind):
            guard let elements = value.array else { return ["\(path) is not a list"] }
            return elements.enumerated().flatMap { kind.faults(in: $1, at: "\(path)[\($0)]") }
        case .boolean: return value.bool == nil ? ["\(path) is not true or false"] : []
        case .integer: return value.integer == nil ? ["\(path) is not a whole number"] : []
        default:
            guard let text = value.string else { return ["\(path) is not a string"] }
            return isValid(text) ? [] : ["\(path) is not \(name)"]
        }
    }

    private func objectFaults(_ fields: [EventField], in value: JSONValue, at path: String) -> [String] {
        guard let object = value.object else { return ["\(path) is not an object"] }
        let known = Set(fields.map(\.name))
        let unknown = object.members.filter { !known.contains($0.name) }.map { "\(path).\($0.name) is not published" }
        let order = object.members.map(\.name).filter(known.contains)
        let isOrdered = order == fields.map(\.name).filter(Set(order).contains)
        let wrong = fields.flatMap { field in
            guard let member = object[field.name] else {
                return field.isOptional ? [] : ["\(path).\(field.name) is missing"]
            }
            return field.kind.faults(in: member, at: "\(path).\(field.name)")
        }
        return unknown + wrong + (isOrdered ? [] : ["\(path) has its members in another order"])
    }
}
