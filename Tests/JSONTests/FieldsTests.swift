import JSON
import Testing

@Suite("Reading the members of an object")
struct FieldsTests {
    private func fields(_ text: String) throws -> JSONFields {
        try JSONFields(JSONValue(parsing: text))
    }

    private func error<Result>(_ text: String, _ body: (inout JSONFields) throws -> Result) -> JSONFieldError? {
        #expect(throws: JSONFieldError.self) {
            var fields = try fields(text)
            _ = try body(&fields)
        }
    }

    @Test("takes what is asked for and is then finished")
    func takesMembers() throws {
        var charge = try fields(
            #"{"amount":1999,"currency":"EUR","capture":false,"metadata":{"order":"7"},"note":null,"legs":[{"n":1}]}"#)
        #expect(try charge.integer("amount") == 1999)
        #expect(try charge.string("currency", maxLength: 3) == "EUR")
        #expect(try charge.bool("capture") == false)
        #expect(try charge.optionalString("note", maxLength: 5) == nil)
        #expect(try charge.optionalInteger("absent") == nil)
        #expect(try charge.optionalBool("absent") == nil)
        #expect(try charge.optionalObject("absent") == nil)
        #expect(try charge.optionalArray("absent", maxCount: 0) == nil)
        let metadata = try charge.optionalStringMap("metadata", maxCount: 1, maxNameLength: 5, maxValueLength: 1)
        #expect(metadata?.map(\.name) == ["order"])
        #expect(metadata?.map(\.value) == ["7"])
        var legs = try charge.objects("legs", maxCount: 1)
        #expect(try legs[0].integer("n") == 1)
        try legs[0].finish()
        try charge.finish()
    }

    @Test("refuses the first member nobody asked for")
    func refusesUnknownMembers() {
        let error = error(#"{"amount":1,"ammount":2,"other":3}"#) {
            _ = try $0.integer("amount")
            try $0.finish()
        }
        #expect(error == .unknown(.root.member("ammount")))
    }

    @Test("names what is missing or wrong by its path, inside objects and arrays too")
    func namesPaths() {
        #expect(error("{}") { try $0.integer("amount") } == .missing(.root.member("amount")))
        let nested = error(#"{"data":{"legs":[{},{"n":"x"}]}}"#) { fields in
            var data = try fields.object("data")
            var legs = try data.objects("legs", maxCount: 2)
            _ = try legs[1].bool("n")
        }
        #expect(nested?.path.description == "data.legs[1].n")
        #expect(nested == .wrongType(nested?.path ?? .root, expected: .bool, found: .string))
        #expect(
            error(#"{"legs":[1]}"#) { try $0.objects("legs", maxCount: 1) }
                == .wrongType(.root.member("legs").element(0), expected: .object, found: .number))
        #expect(error("[]") { try $0.finish() } == .wrongType(.root, expected: .object, found: .array))
    }

    @Test(
        "takes a whole number as a number or as digits",
        arguments: [
            ("1", 1), ("-1", -1), ("0", 0), (#""1999""#, 1999), (#""-5""#, -5), (#""9223372036854775807""#, .max),
            ("-9223372036854775808", .min),
        ] as [(String, Int64)])
    func takesIntegers(text: String, expected: Int64) throws {
        var fields = try fields("{\"amount\":\(text)}")
        #expect(try fields.integer("amount") == expected)
    }

    @Test(
        "refuses fractions, exponents and anything that is not plain digits",
        arguments: [
            "1.0", "1e2", "0.1", #""""#, #"" 1""#, #""+1""#, #""01""#, #""1.0""#, #""1e2""#, #""1,000""#, #""-""#,
            #""١""#,
        ])
    func refusesOtherNumbers(text: String) {
        #expect(error("{\"amount\":\(text)}") { try $0.integer("amount") } == .notAnInteger(.root.member("amount")))
    }

    @Test("refuses a number beyond 64 bits as that", arguments: ["9223372036854775808", #""-9223372036854775809""#])
    func refusesLargeNumbers(text: String) {
        let error = error("{\"amount\":\(text)}") { try $0.optionalInteger("amount") }
        #expect(error == .integerOutOfRange(.root.member("amount")))
    }

    @Test("takes null for absent only where absence is allowed")
    func readsNull() throws {
        let path = JSONPath.root.member("a")
        #expect(
            error(#"{"a":null}"#) { try $0.string("a", maxLength: 1) }
                == .wrongType(path, expected: .string, found: .null))
        #expect(error(#"{"a":null}"#) { try $0.integer("a") } == .wrongType(path, expected: .number, found: .null))
        var optional = try fields(#"{"a":null}"#)
        #expect(try optional.optionalObject("a") == nil)
        try optional.finish()
    }

    @Test("counts Unicode scalars, up to the limit and not one more")
    func limitsStrings() throws {
        var fields = try fields(#"{"a":"äöü"}"#)
        #expect(try fields.string("a", maxLength: 3) == "äöü")
        #expect(error(#"{"a":"äöü"}"#) { try $0.string("a", maxLength: 2) } == .tooLong(.root.member("a"), max: 2))
        // One character to the eye, four scalars.
        #expect(error(#"{"a":"e\u0301\u0301\u0301"}"#) { try $0.optionalString("a", maxLength: 3) } != nil)
    }

    @Test("limits arrays and maps, up to the limit and not one more")
    func limitsContainers() throws {
        var array = try fields(#"{"a":[1,2]}"#)
        #expect(try array.array("a", maxCount: 2).count == 2)
        #expect(error(#"{"a":[1,2]}"#) { try $0.array("a", maxCount: 1) } == .tooMany(.root.member("a"), max: 1))
        func map(_ maxCount: Int, _ maxNameLength: Int, _ maxValueLength: Int) -> JSONFieldError? {
            do {
                var fields = try fields(#"{"m":{"ab":"cde","x":"y"}}"#)
                _ = try fields.optionalStringMap(
                    "m", maxCount: maxCount, maxNameLength: maxNameLength, maxValueLength: maxValueLength)
                return nil
            } catch { return error as? JSONFieldError }
        }
        let path = JSONPath.root.member("m")
        #expect(map(2, 2, 3) == nil)
        #expect(map(1, 2, 3) == .tooMany(path, max: 1))
        #expect(map(2, 1, 3) == .tooLong(path.member("ab"), max: 1))
        #expect(map(2, 2, 2) == .tooLong(path.member("ab"), max: 2))
        #expect(
            error(#"{"m":{"a":1}}"#) {
                try $0.optionalStringMap("m", maxCount: 1, maxNameLength: 1, maxValueLength: 1)
            } == .wrongType(path.member("a"), expected: .string, found: .number))
    }
}
