import JSON
import Payments
import Testing

@Suite("Screening JSON for card numbers")
struct CardNumberScreenJSONTests {
    @Test(
        "finds a number in a string, a name, a JSON number and behind an escape, at any depth",
        arguments: [
            (#"{"note":"4111111111111111"}"#, #"{"note":"411111******1111"}"#),
            (#"[[{"a":{"b":["x","4111 1111 1111 1111"]}}]]"#, #"[[{"a":{"b":["x","4111 11** **** 1111"]}}]]"#),
            (#"{"number":4111111111111111}"#, #"{"number":"411111******1111"}"#),
            (#"{"4111111111111111":true}"#, #"{"411111******1111":true}"#),
            (#"{"note":"paid by\n4111111111111111"}"#, #"{"note":"paid by\n411111******1111"}"#),
            (#"{"note":"\u0034111111111111111"}"#, #"{"note":"411111******1111"}"#),
        ])
    func finds(text: String, masked: String) throws {
        let value = try JSONValue(parsing: text)
        #expect(CardNumberScreen.containsCardNumber(value))
        #expect(CardNumberScreen.masked(value) == (try JSONValue(parsing: masked), true))
    }

    @Test("leaves a value without one as it is, also when numbers in two strings would make one together")
    func leavesAlone() throws {
        let value = try JSONValue(parsing: #"{"a":["4111","1111","1111","1111"],"amount":1999,"b":null,"c":false}"#)
        #expect(!CardNumberScreen.containsCardNumber(value))
        #expect(CardNumberScreen.masked(value) == (value, false))
    }

    @Test("keeps two members whose names differ only in what is hidden")
    func keepsBothNames() throws {
        let value = try JSONValue(parsing: #"{"4111110000091111":1,"4111110000171111":2,"4111110000251111":3}"#)
        let masked = CardNumberScreen.masked(value).value
        #expect(masked.object?.members.map(\.name) == ["411111******1111", "411111******1111*", "411111******1111**"])
        #expect(!CardNumberScreen.containsCardNumber(masked))
        #expect(masked.object?.members.map(\.value.integer) == [1, 2, 3])
    }
}
