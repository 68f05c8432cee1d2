/// The pages of `docs/events`, made from the types themselves, so that they cannot say anything else.
extension EventCatalogue {
    /// The page of the types of one module, `summa.<module>.…`.
    package func page(module: String) -> String {
        let own = types.filter { $0.hasPrefix("summa.\(module).") }
        return "# Events of `\(module)`\n\n" + Self.notice + own.map { section(of: $0) }.joined()
    }

    private static let notice = """
        Made from the event types by their test; the bytes of a type never change. What every event has is told
        in [README.md](README.md).

        """

    private func section(of type: String) -> String {
        guard let schema = schemas[type], let example = examples[type] else { return "" }
        return """

            ## `\(type)`

            \(schema.meaning) Subject: \(schema.subjectMeaning).

            | Member of `data` | Kind | Meaning |
            |---|---|---|
            \(rows(of: schema.fields.dropFirst(EventSchema.contextFields.count), prefix: ""))
            ```json
            \(String(decoding: example, as: UTF8.self))
            ```

            """
    }

    private func rows(of fields: some Sequence<EventField>, prefix: String) -> String {
        fields.map { field in
            let path = prefix + field.name
            let row = "| `\(path)`\(field.isOptional ? ", optional" : "") | \(field.kind.name) | \(field.meaning) |\n"
            return row + rows(below: field.kind, path: path)
        }.joined()
    }

    private func rows(below kind: EventField.Kind, path: String) -> String {
        switch kind {
        case .object(let fields): rows(of: fields, prefix: path + ".")
        case .list(let element): rows(below: element, path: path + "[]")
        default: ""
        }
    }
}
