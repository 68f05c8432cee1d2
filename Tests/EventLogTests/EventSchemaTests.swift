import EventLog
import JSON
import Testing

@Suite("The published schema of an event")
struct EventSchemaTests {
    private let schema = EventSchema(ParcelSent.self)
    private let hash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

    private func faults(_ text: String) throws -> [String] {
        schema.faults(in: try JSONValue(parsing: text))
    }

    @Test("accepts what the type writes")
    func acceptsExample() throws {
        let catalogue = EventCatalogue([ParcelSent.self, BellRung.self])
        for type in catalogue.types {
            let bytes = try #require(catalogue.example(of: type))
            #expect(try catalogue.faults(in: EventDocument(bytes)) == [])
        }
    }

    @Test(
        "names each member that is missing, unknown, of another kind or out of order",
        arguments: [
            (#"{"actor":"a","weight":1,"carrier":"post","items":[]}"#, []),
            (#"{"actor":"a","weight":1,"carrier":"post","note_hash":"HASH","items":[]}"#, []),
            (#"{"weight":1,"carrier":"post","items":[]}"#, ["data.actor is missing"]),
            (#"{"actor":"a b","weight":1,"carrier":"post","items":[]}"#, ["data.actor is not text"]),
            (#"{"actor":"a","carrier":"post","items":[]}"#, ["data.weight is missing"]),
            (#"{"actor":"a","weight":1.5,"carrier":"post","items":[]}"#, ["data.weight is not a whole number"]),
            (#"{"actor":"a","weight":1,"carrier":"car","items":[]}"#, ["data.carrier is not `post`, `bike`"]),
            (#"{"actor":"a","weight":1,"carrier":1,"items":[]}"#, ["data.carrier is not a string"]),
            (
                #"{"actor":"a","weight":1,"carrier":"post","note_hash":"AAAA","items":[]}"#,
                ["data.note_hash is not salted hash"]
            ),
            (#"{"actor":"a","weight":1,"carrier":"post","items":{}}"#, ["data.items is not a list"]),
            (#"{"actor":"a","weight":1,"carrier":"post","items":[1]}"#, ["data.items[0] is not an object"]),
            (
                #"{"actor":"a","weight":1,"carrier":"post","items":[{"item":"pay_0d7w3h5k9m2qb","count":1}]}"#,
                ["data.items[0].item is not identifier `itm_…`"]
            ),
            (#"{"actor":"a","weight":1,"carrier":"post","items":[],"x":1}"#, ["data.x is not published"]),
            (#"{"actor":"a","carrier":"post","weight":1,"items":[]}"#, ["data has its members in another order"]),
        ] as [(String, [String])])
    func faults(text: String, expected: [String]) throws {
        #expect(try faults(text.replacing("HASH", with: hash)) == expected)
    }

    @Test(
        "knows days and moments by their one spelling",
        arguments: [
            ("2026-03-31", true), ("2026-02-29", false), ("2026-3-31", false), ("2026-03-31T00:00:00Z", false),
        ])
    func days(text: String, isDay: Bool) {
        let field = EventSchema(Dated.self)
        let data = #"{"actor":"a","day":"\#(text)","at":"2026-03-31T00:00:00.000000Z"}"#
        #expect(((try? field.faults(in: JSONValue(parsing: data)))?.isEmpty == true) == isDay)
    }

    @Test("refuses an event nobody has published")
    func unpublished() throws {
        let bytes = try #require(EventCatalogue([BellRung.self]).example(of: BellRung.type))
        #expect(try EventCatalogue([]).faults(in: EventDocument(bytes)) == ["summa.sample.bell.rung is not published"])
    }

    @Test("makes its page")
    func page() {
        let page = EventCatalogue([ParcelSent.self, BellRung.self]).page(module: "sample")
        #expect(page.hasPrefix("# Events of `sample`\n"))
        #expect(page.contains("\n## `summa.sample.bell.rung`\n\nSomebody rang. Subject: the door.\n"))
        #expect(page.contains("\n| `label`, optional | text | the carrier's name for it |\n"))
        #expect(page.contains("\n| `items[].item` | identifier `itm_…` | the item |\n"))
        #expect(page.contains(#"{"specversion":"1.0","id":"main/1/42","source":"/books/main""#))
        #expect(!page.contains("`actor`"))
        #expect(EventCatalogue([ParcelSent.self]).page(module: "other").contains("##") == false)
    }

    private struct Dated: EventContent {
        static let type = "summa.sample.dated"
        static let meaning = ""
        static let subjectMeaning = ""
        static let fields = [EventField("day", .day, ""), EventField("at", .instant, "")]
        static let example = Dated()
        let subject = "x"
        init() {}
        init(subject: String, from data: inout JSONFields) {}
        func write(to data: inout JSONWriter) {}
    }
}
