import Payments
import SummaTestKit
import Testing

@Suite("Screening text for card numbers")
struct CardNumberScreenTests {
    struct Vectors: Decodable {
        struct Case: Decodable {
            let pan: String
            let luhn: Bool
            let masked: String?

            enum CodingKeys: String, CodingKey {
                case pan, luhn
                case masked = "masked_first6_last4"
            }
        }
        let cases: [Case]
    }

    @Test(
        "finds and masks every published test number, and none of the others",
        .enabled(if: SharedVectors.present, "the shared test vectors are not here"))
    func followsTheVectors() throws {
        let vectors: Vectors = try SharedVectors.json("cards/test_pans.json")
        #expect(vectors.cases.count > 20)
        for vector in vectors.cases {
            let (text, found) = CardNumberScreen.masked(vector.pan)
            #expect(found == vector.luhn, "\(vector.pan)")
            #expect(text == vector.masked ?? vector.pan)
            #expect(CardNumberScreen.containsCardNumber(vector.pan) == vector.luhn, "\(vector.pan)")
        }
    }

    @Test(
        "finds a number however it is cut and whatever stands around it",
        arguments: [
            ("card 4111111111111111.", "card 411111******1111."),
            ("4111 1111 1111 1111", "4111 11** **** 1111"),
            ("4111-1111-1111-1111", "4111-11**-****-1111"),
            ("4111.1111.1111.1111", "4111.11**.****.1111"),
            ("4111/1111/1111/1111", "4111/11**/****/1111"),
            ("4111_1111_1111_1111", "4111_11**_****_1111"),
            ("4111 - 1111 - 1111 - 1111", "4111 - 11** - **** - 1111"),
            ("4111-1111 1111\t1111", "4111-11** ****\t1111"),
            ("3782 822463 10005", "3782 82**** *0005"),
            ("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "4 1 1 1 1 1 * * * * * * 1 1 1 1"),
            ("41 11 11 11 11 11 11 11", "41 11 11 ** ** ** 11 11"),
            ("4 111 111 111 111 111", "4 111 11* *** **1 111"),
            ("4.111.111.111.111.111", "4.111.11*.***.**1.111"),
            ("4111\u{A0}1111\u{202F}1111\u{2009}1111", "4111\u{A0}11**\u{202F}****\u{2009}1111"),
            ("4111\u{2010}1111\u{2013}1111\u{2212}1111", "4111\u{2010}11**\u{2013}****\u{2212}1111"),
            ("4111\u{200B}1111\u{AD}1111\u{2060}1111", "4111\u{200B}11**\u{AD}****\u{2060}1111"),
            ("４１１１１１１１１１１１１１１１", "４１１１１１******１１１１"),
            ("٤١١١١١١١١١١١١١١١", "٤١١١١١******١١١١"),
            ("pan:4111111111111111,exp:12/29", "pan:411111******1111,exp:12/29"),
            ("(4111111111111111)", "(411111******1111)"),
            ("card_4111111111111111", "card_411111******1111"),
            ("卡号4111111111111111号", "卡号411111******1111号"),
            ("4111111111111111=29121010000", "411111******1111=29121010000"),
            ("order 12 4111 1111 1111 1111 12/29", "order 12 4111 11** **** 1111 12/29"),
            ("4111111111111111,5555555555554444", "411111******1111,555555******4444"),
            ("501800000009", "501800**0009"),
        ])
    func finds(text: String, masked: String) {
        #expect(CardNumberScreen.containsCardNumber(text))
        #expect(CardNumberScreen.masked(text) == (masked, true))
    }

    @Test("finds a number behind keycap marks")
    func findsKeycaps() {
        let text = "4111111111111111".map { "\($0)\u{FE0F}\u{20E3}" }.joined()
        #expect(CardNumberScreen.containsCardNumber(text))
    }

    @Test(
        "leaves alone what is no card number",
        arguments: [
            "", "411111111111111", "4111111111111112", "9111111111111111", "1111111111111117",  // length, check, range
            "41111111111111111111", "x4111111111111111", "4111111111111111x", "ORDER4111111111111111B",
            "4111a1111b1111c1111", "4111,1111,1111,1111", "4111\n1111\n1111\n1111", "4111    1111 1111 1111",
            "4111 1111 eleven 1111 1111", "4111:1111:1111:1111",
            "1700000000000", "1763888558000", "1763888558123456", "1763888558123456789",  // times since 1970
            "2026-11-23 09:02:38.123456", "20261123090238", "30.05.2024 123452", "30.05.2024 12345671",
            "+4915112345678", "+573101234561",
            "0f1e2d3c4b5a69788796a5b4c3d2e1f04111111111111111aaaaaaaaaaaaaaaa",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "41111111-1111-1111-8111-501800000009", "a1111111-4111-4111-8111-501800000009",
            "pay_4222222222222", "ltx_01JADZQ3X8K4M", "1.234.567,89 EUR", "192.168.100.200",
        ])
    func leavesAlone(text: String) {
        #expect(!CardNumberScreen.containsCardNumber(text))
        #expect(CardNumberScreen.masked(text) == (text, false))
    }

    @Test("an identifier's shape excuses thirteen digits only, and only behind a prefix")
    func identifiersAreExact() {
        #expect(!CardNumberScreen.containsCardNumber("pay_4222222222222"))
        #expect(CardNumberScreen.containsCardNumber("4222222222222"))
        #expect(CardNumberScreen.containsCardNumber("_4222222222222"))
        #expect(CardNumberScreen.containsCardNumber("pay_4111111111111111"))
    }

    @Test("a UUID excuses only itself")
    func uuidsAreExact() {
        let uuid = "41111111-1111-1111-8111-501800000009"
        #expect(CardNumberScreen.masked("\(uuid) 4111111111111111") == ("\(uuid) 411111******1111", true))
        #expect(CardNumberScreen.masked("4111111111111111 \(uuid)") == ("411111******1111 \(uuid)", true))
        #expect(CardNumberScreen.containsCardNumber("41111111-1111-1111-8111-5018000000090"))
    }

    @Test("a telephone number is at most thirteen digits long")
    func telephoneNumbersAreShort() {
        #expect(!CardNumberScreen.containsCardNumber("+4222222222222"))
        #expect(CardNumberScreen.containsCardNumber("+378282246310005"))
    }

    @Test(
        "each brand's range begins and ends where it says",
        arguments: [
            (222_099, 16, false), (222_100, 16, true), (272_099, 16, true), (272_100, 16, false),
            (399_999, 13, false), (400_000, 13, true), (499_999, 13, true), (500_000, 13, true), (510_000, 13, false),
            (400_000, 14, false), (400_000, 15, false), (400_000, 16, true), (400_000, 17, false),
            (400_000, 18, false), (400_000, 19, true), (509_999, 16, true), (510_000, 16, true), (559_999, 16, true),
            (510_000, 15, false), (510_000, 17, false), (560_000, 12, true), (590_000, 16, false),
            (340_000, 15, true), (340_000, 16, false), (349_999, 15, true), (350_000, 15, false),
            (352_799, 16, false), (352_800, 16, true), (358_999, 16, true), (359_000, 16, false),
            (601_099, 17, false), (601_100, 17, true), (601_199, 17, true), (601_200, 17, false),
            (619_999, 16, false), (620_000, 15, false), (620_000, 19, true), (629_999, 16, true),
            (299_999, 14, false), (300_000, 14, true), (305_999, 14, true), (306_000, 14, false),
            (669_999, 16, false), (670_000, 12, true), (679_999, 19, true), (680_000, 16, false),
        ])
    func knowsRanges(prefix: Int, length: Int, isCard: Bool) {
        #expect(CardNumberScreen.containsCardNumber(number(prefix: prefix, length: length)) == isCard)
    }

    @Test("only one check digit in ten is right")
    func checksTheCheckDigit() {
        let right = number(prefix: 411_111, length: 16)
        let found = (0...9).filter { CardNumberScreen.containsCardNumber(right.dropLast() + "\($0)") }
        #expect(found.map(String.init) == [String(right.suffix(1))])
    }

    @Test("of two readings the longer one is hidden")
    func hidesTheLonger() {
        // Sixteen digits that are a card number, and three more that make another one of nineteen.
        let tail = (0...999).map { String(repeating: "0", count: 3 - "\($0)".count) + "\($0)" }
            .first { CardNumberScreen.masked("4111111111111111" + $0).found }
        let text = "4111 1111 1111 1111 " + (tail ?? "")
        let shown = CardNumberScreen.masked(text).text.filter { $0.isNumber }.count
        #expect(shown == 10)
    }

    @Test("takes a time that grows with the text, not with its square", .timeLimit(.minutes(1)))
    func isLinear() {
        for pattern in ["4", "4 ", "4111 ", "4111-1111-1111-1111-", "a4", "-", "٤", "4\u{200B}"] {
            let text = String(repeating: pattern, count: 20_000 / pattern.unicodeScalars.count)
            _ = CardNumberScreen.masked(text)
        }
    }

    /// A number of that length with a right check digit.
    private func number(prefix: Int, length: Int) -> String {
        let body = "\(prefix)" + String(repeating: "0", count: length - 7)
        let sum = body.reversed().enumerated().reduce(0) { sum, digit in
            let value = digit.element.wholeNumberValue ?? 0
            let counted = digit.offset.isMultiple(of: 2) ? value * 2 : value
            return sum + (counted > 9 ? counted - 9 : counted)
        }
        return body + "\((10 - sum % 10) % 10)"
    }
}
