import EventLog
import JSON

/// An event with members of many kinds, for tests of what all events share.
struct ParcelSent: EventContent, Equatable {
    static let type = "summa.sample.parcel.sent"
    static let meaning = "A parcel left the house."
    static let subjectMeaning = "the parcel"
    static let fields = [
        EventField("weight", .integer, "in grams"),
        EventField("carrier", .oneOf(["post", "bike"]), "who carries it"),
        EventField("label", .text, optional: true, "the carrier's name for it"),
        EventField("note_hash", .hash, optional: true, "salted hash of the sender's note"),
        EventField(
            "items",
            .list(
                .object([EventField("item", .identifier("itm"), "the item"), EventField("count", .integer, "how many")])
            ),
            "what is in it"),
    ]
    static let example = ParcelSent(
        parcel: "par_0d7w3h5k9m2qa", weight: 1200, carrier: "bike", label: "B-7",
        items: [Item(item: "itm_0d7w3h5k9m2qb", count: 2)])

    struct Item: Equatable {
        var item: String
        var count: Int64
    }

    var parcel: String
    var weight: Int64
    var carrier: String
    var label: String?
    var noteHash: SaltedHash?
    var items: [Item] = []

    var subject: String { parcel }

    func write(to data: inout JSONWriter) {
        data.field("weight", weight)
        data.field("carrier", carrier)
        data.field("label", ifPresent: label)
        data.field("note_hash", ifPresent: noteHash?.description)
        data.beginArray("items")
        for item in items {
            data.beginObject()
            data.field("item", item.item)
            data.field("count", item.count)
            data.endObject()
        }
        data.endArray()
    }
}

extension ParcelSent {
    init(subject: String, from data: inout JSONFields) throws {
        parcel = subject
        weight = try data.integer("weight")
        carrier = try data.string("carrier", maxLength: 10)
        label = try data.optionalString("label", maxLength: 10)
        noteHash = try data.optionalString("note_hash", maxLength: 44).flatMap { SaltedHash(text: $0) }
        for var fields in try data.objects("items", maxCount: 10) {
            items.append(Item(item: try fields.string("item", maxLength: 17), count: try fields.integer("count")))
            try fields.finish()
        }
    }
}

/// An event without facts of its own, and a page of its own.
struct BellRung: EventContent, Equatable {
    static let type = "summa.sample.bell.rung"
    static let meaning = "Somebody rang."
    static let subjectMeaning = "the door"
    static let fields: [EventField] = []
    static let example = BellRung()

    let subject = "door"

    init() {}
    init(subject: String, from data: inout JSONFields) {}
    func write(to data: inout JSONWriter) {}
}
