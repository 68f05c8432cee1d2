import Money
import Reconciliation

/// A file that is refused whole: what is wrong with it, and in which line. Its texts are not told back.
extension StatementRejection: ProblemConvertible {
    var problem: Problem {
        let place = line.map { "line \($0): " } ?? ""
        return Problem(.statementRefused, place + fault.sentence)
    }
}

extension StatementFault {
    fileprivate var sentence: String {
        switch self {
        case .unknownFormat: "no format that is read begins like this"
        case .malformedText(let fault): fault.sentence
        case .unknownColumn(let name): "the column \(name) is not known"
        case .missingColumn(let name): "the column \(name) is missing"
        case .repeatedColumn(let name): "the column \(name) stands twice"
        case .fieldCount(let expected, let found): "\(found) fields stand where \(expected) belong"
        case .missingValue(let name): "\(name) is empty"
        case .unexpectedValue(let name): "\(name) must be empty"
        case .malformedValue(let name): "\(name) is malformed"
        case .malformedAmount(let name, _): "\(name) is no amount of its currency"
        case .unusableCurrency(let name, _): "\(name) is no currency in use"
        case .outOfOrder(let record): "\(record) stands where it does not belong"
        case .torn: "it ends before it says that it does"
        case .misnumbered(let expected): "the number \(expected) belongs here"
        case .netDiffers: "net is not gross less fee"
        case .currencyOf(let name, let expected, let found): "\(name) is in \(found), the rest in \(expected)"
        case .repeatedTotal(let name): "the total of \(name) stands twice"
        case .missingTotal(let name): "the total of \(name) is missing"
        case .countDiffers(let name, let stated, let counted): "\(name) says \(stated), and there are \(counted)"
        case .sumDiffers(let name, let stated, let summed):
            "\(name) says \(stated.inWords), and the lines come to \(summed.inWords)"
        case .sumOutOfRange(let name): "\(name) comes to more than can be counted"
        }
    }
}

extension TextFault {
    fileprivate var sentence: String {
        switch self {
        case .empty: "it is empty"
        case .notUTF8: "it is not UTF-8"
        case .controlCharacter: "a control character stands in it"
        case .bareCarriageReturn: "a carriage return stands alone"
        case .mixedLineEndings: "its lines end now one way, now another"
        case .quoteInsideField: "a quote stands inside a field"
        case .textAfterQuote: "text follows a closing quote"
        case .unterminatedQuote: "a quote is not closed"
        case .fieldTooLong(let max): "a field is longer than \(max) bytes"
        case .notXML: "it is not XML"
        }
    }
}
