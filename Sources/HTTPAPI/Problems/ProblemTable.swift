/// The table: each code with its status, its title, and what it means.
extension ProblemCode {
    package var entry: Entry {
        switch self {
        case .requestMalformed:
            Entry(
                400, "The request is not HTTP",
                "Its line, its headers or its framing break HTTP/1.1, or its headers are too many or too long. The connection is closed."
            )
        case .routeUnknown:
            Entry(404, "There is nothing at this path", "The path is none of the routes.")
        case .methodNotAllowed:
            Entry(405, "The path has no such method", "`Allow` lists the methods it has.")
        case .bodyTooLarge:
            Entry(
                413, "The body is too large",
                "Bodies are at most 1 MiB, batches of ledger transactions and files 16 MiB. The connection may be closed."
            )
        case .contentTypeUnsupported:
            Entry(415, "The content type is not understood", "Send `Content-Type: application/json`.")
        case .bodyMissing:
            Entry(400, "The body is missing", "The route needs a JSON object.")
        case .bodyBroken:
            Entry(
                400, "The body did not come whole", "The connection ended, or its framing broke, before the body did.")
        case .jsonMalformed:
            Entry(
                400, "The body is not JSON",
                "After RFC 8259, read strictly: UTF-8 without a byte order mark, no lone surrogates, at most 64 levels deep."
            )
        case .memberDuplicate:
            Entry(400, "A member stands twice", "Two members of one object have the same name. Neither is taken.")
        case .memberUnknown:
            Entry(400, "A member is not known", "`param` names it. A misspelt option must not pass for one left out.")
        case .memberMissing:
            Entry(400, "A member is missing", "`param` names it.")
        case .memberWrongType:
            Entry(400, "A member has the wrong type", "`param` names it; `detail` says what was expected.")
        case .memberTooLong:
            Entry(400, "A text is too long", "`param` names it; characters are counted as Unicode scalars.")
        case .memberTooMany:
            Entry(400, "A list or map has too many items", "`param` names it.")
        case .memberInvalid:
            Entry(400, "A member has a form that is not allowed", "`param` names it; `detail` says what is allowed.")
        case .integerMalformed:
            Entry(
                400, "A number is not whole",
                "Amounts are whole minor units, as a number or a string of digits: no fraction, exponent, sign or leading zero."
            )
        case .integerOutOfRange:
            Entry(400, "A number does not fit in 64 bits", "`param` names it.")
        case .amountNotPositive:
            Entry(
                400, "An amount is not positive",
                "Amounts are 1 or more; who pays whom is said otherwise than by a sign.")
        case .currencyUnknown:
            Entry(400, "There is no such currency", "An ISO 4217 code in capitals, or an asset of the book.")
        case .currencyWithdrawn:
            Entry(400, "The currency has been withdrawn", "It is known from history and not used for anything new.")
        case .cardNumberRefused:
            Entry(
                400, "A card number does not belong here",
                "A text looks like a card number by length, issuer range and check digit. Nothing was stored. Send a token."
            )
        case .parameterUnknown:
            Entry(400, "A query parameter is not known", "`param` names it.")
        case .parameterInvalid:
            Entry(400, "A parameter has a form that is not allowed", "`param` names it; `detail` says what is allowed.")
        case .parameterMissing:
            Entry(400, "A query parameter is missing", "`param` names it.")
        case .headerInvalid:
            Entry(400, "A header has a form that is not allowed", "`param` names it.")

        case .idempotencyKeyMissing:
            Entry(
                400, "The Idempotency-Key is missing",
                "Every POST that moves money needs one, so that it can be repeated.")
        case .idempotencyKeyMalformed:
            Entry(
                400, "The Idempotency-Key is malformed",
                "1 to 255 visible ASCII characters, bare or as a quoted string; both forms name the same key.")
        case .idempotencyKeyReused:
            Entry(
                422, "The Idempotency-Key was used for another request",
                "Nothing was changed. Use a new key for a new effect; repeat the first request to get its answer.")

        case .authenticationRequired:
            Entry(401, "An API key is needed", "Send `Authorization: Bearer sk_…`.")
        case .keyInvalid:
            Entry(401, "The API key opens nothing", "It is malformed or unknown.")
        case .keyRevoked:
            Entry(401, "The API key was revoked", "It was valid once. Use another.")
        case .keyNotApproved:
            Entry(401, "The API key is not approved yet", "Another principal has to approve it before it can be used.")
        case .permissionDenied:
            Entry(403, "The role does not allow this", "The key is valid; its principal's role may not do this.")
        case .keyNotFound:
            Entry(404, "There is no such API key", "No key of this book has this id.")
        case .keyEnded:
            Entry(409, "The API key has ended", "It was revoked before it was approved; make another.")
        case .principalHasOtherRole:
            Entry(
                409, "The principal has another role",
                "A principal has one role. Revoke its keys first, or name another principal.")
        case .fourEyesRequired:
            Entry(403, "Another principal has to decide", "Who proposed something does not approve it.")

        case .eventNotFound:
            Entry(404, "There is no such event", "The book's log has not come to this sequence yet.")
        case .checkpointNotFound:
            Entry(404, "There is no checkpoint yet", "The first is signed within a minute of the first event.")
        case .logTooShort:
            Entry(404, "The log is not so long", "A proof was asked for against a tree of more events than there are.")

        case .accountNotFound: Entry(404, "There is no such account", "No account of the book has this id or path.")
        case .accountUnknown:
            Entry(
                422, "A posting names an unknown account",
                "Open it first; accounts of the standard chart open themselves.")
        case .accountReserved:
            Entry(
                422, "The account is of the standard chart",
                "Only posting rules and approved adjustments write such accounts.")
        case .accountPathTaken:
            Entry(
                409, "The path names another account",
                "It was opened with other content; `detail` names the first difference.")
        case .accountClosed: Entry(409, "The account is closed", "It takes no more postings, for ever.")
        case .accountFrozen:
            Entry(409, "The account is frozen", "It takes no postings of requests until it is unfrozen.")
        case .accountNotEmpty:
            Entry(409, "The account is not empty", "Only an account at zero with nothing pending is closed.")
        case .accountLimitsCrossed: Entry(400, "The floor is above the ceiling", "No balance could satisfy both.")
        case .ledgerTransactionNotFound:
            Entry(404, "There is no such ledger transaction", "No ledger transaction of the book has this id.")
        case .postingsTooFew: Entry(400, "There are too few postings", "A ledger transaction has at least two.")
        case .transactionUnbalanced:
            Entry(422, "Debits and credits differ", "In each currency debits equal credits, or nothing is recorded.")
        case .currencyMismatch:
            Entry(
                422, "The currency is another",
                "An amount is in another currency than the account or payment it is about.")
        case .externalIDReused:
            Entry(
                409, "The external id names another ledger transaction",
                "The content differs from what was recorded under it; `detail` names the first difference.")
        case .insufficientFunds:
            Entry(422, "There are not enough funds", "The account's available balance would go below its floor.")
        case .ceilingExceeded: Entry(422, "The account would exceed its ceiling", "Incoming holds are counted.")
        case .balanceOverflow: Entry(422, "The account cannot count so much", "A counter would pass what 63 bits hold.")
        case .notAHold:
            Entry(409, "It is not a hold", "Only a pending ledger transaction is posted, released or voided.")
        case .holdEnded: Entry(409, "The hold has ended", "It was posted, voided or expired before; that happens once.")
        case .exceedsHold: Entry(422, "The amount exceeds what is held", "`detail` says what is left.")
        case .partNeedsTwoLegs:
            Entry(
                422, "Only a two-legged one is taken in part",
                "With more legs, a hold or reversal is whole or not at all.")
        case .notReversible:
            Entry(409, "It cannot be reversed", "Only what is posted is reversed, and no reversal of a reversal.")
        case .exceedsOriginal: Entry(422, "The amount exceeds what is left to reverse", "`detail` says what is left.")

        case .paymentNotFound: Entry(404, "There is no such payment", "No payment of the book has this id.")
        case .operationNotFound:
            Entry(404, "There is no such operation", "No capture, void or refund of the book has this id.")
        case .refundNotFound: Entry(404, "There is no such refund", "No refund of the book has this id.")
        case .merchantNotFound: Entry(404, "There is no such merchant", "No merchant of the book has this code.")
        case .merchantCodeTaken:
            Entry(409, "The code names another merchant", "It was registered with other terms or another name.")
        case .merchantUnknown: Entry(422, "The charge names an unknown merchant", "Register it first.")
        case .providerAccountUnknown:
            Entry(422, "The request names an unknown provider account", "It is set up before it is used.")
        case .merchantClosed: Entry(409, "The merchant is closed", "It takes no more charges.")
        case .providerAccountClosed: Entry(409, "The provider account is closed", "It takes no more charges.")
        case .currencyUnsupported:
            Entry(422, "The provider account does not take the currency", "Name another provider account or currency.")
        case .feeExceedsAmount:
            Entry(422, "The fee exceeds the amount", "A fee is taken out of what is owed to the merchant.")
        case .paymentNotAuthorized:
            Entry(409, "The payment is not authorized", "There is no promise to capture from, yet or any more.")
        case .paymentNotVoidable: Entry(409, "The payment cannot be voided", "The promise has ended or was never made.")
        case .paymentCaptured: Entry(409, "The payment is captured", "Captured money goes back by refund.")
        case .paymentDisputed:
            Entry(
                409, "The payment is disputed",
                "The payer's bank may take the money: a refund beside it would pay twice.")
        case .nothingCaptured: Entry(409, "Nothing was captured", "There is nothing to give back; void it instead.")
        case .voidInFlight: Entry(409, "A void is under way", "Its outcome is awaited.")
        case .captureInFlight: Entry(409, "A capture is under way", "Its outcome decides what may be done.")
        case .exceedsCapturable:
            Entry(422, "The amount exceeds what may be captured", "Authorized, less captured, less captures under way.")
        case .exceedsRefundable:
            Entry(
                422, "The amount exceeds what may be refunded",
                "Captured, less refunded, less refunds under way, less disputed.")
        case .partialCaptureUnsupported:
            Entry(422, "The provider captures all or nothing", "`detail` says how much all is.")
        case .multipleCapturesUnsupported: Entry(409, "The provider captures once", "There has been a capture.")
        case .partialRefundUnsupported:
            Entry(422, "The provider refunds all or nothing", "`detail` says how much all is.")
        case .amountStep: Entry(422, "The provider does not take this amount", "It takes multiples of a step only.")

        case .endpointUnknown: Entry(404, "Nothing listens here", "The address is of no provider account.")
        case .notificationMalformed:
            Entry(400, "The notification is not signed as agreed", "A header of the signature is missing or malformed.")
        case .signatureMismatch:
            Entry(403, "The signature is not of these bytes", "Nothing of the body was read. It is counted.")
        case .notificationOutOfTime:
            Entry(
                400, "The notification is too old or from the future",
                "It was signed, more than 300 s from now; it may be a recording. It is kept and not believed.")

        case .statementRefused:
            Entry(
                422, "The file is refused whole",
                "It is torn, does not add up or is of no known format. `detail` names the line. Nothing was recorded.")
        case .statementTaken:
            Entry(
                409, "The file came before as another one", "The same bytes are another source's, or the name is taken."
            )
        case .statementDoesNotFollow:
            Entry(
                409, "The file does not follow the last one",
                "One between them is missing, or one of the two is wrong. Nothing was recorded.")
        case .breakNotFound: Entry(404, "There is no such break", "No break of the book has this id.")
        case .breakResolved: Entry(409, "The break has ended", "`detail` says how.")
        case .adjustmentNotAllowed:
            Entry(
                422, "The break is not adjusted this way",
                "`detail` says why; most breaks end by a later line or a claim.")
        case .adjustmentTooEarly:
            Entry(409, "The break is too young", "It is given up only when waiting and asking have not helped.")
        case .exceedsBreak:
            Entry(
                422, "The amount is not a part of what is open",
                "Of its sign and currency, not zero, and no more than it.")
        case .adjustmentTargetUnfit:
            Entry(
                422, "The money cannot belong on this account",
                "It is in another currency, is cash, or tells items apart and nobody said which.")
        case .adjustmentPending: Entry(409, "Another adjustment waits", "One proposal at a time; decide on it first.")
        case .adjustmentNotFound: Entry(404, "There is no such adjustment", "No adjustment of the book has this id.")
        case .adjustmentDecided: Entry(409, "The adjustment was decided otherwise", "`detail` says how.")

        case .workItemNotFound: Entry(404, "There is no such work item", "No work item of the book has this id.")
        case .workItemResolved: Entry(409, "The work item has ended otherwise", "`detail` says how.")

        case .bookNotOpened:
            Entry(409, "The book takes no payments", "It was made and never opened for payments; that is done once.")
        case .overloaded:
            Entry(
                503, "Too many requests are waiting",
                "Nothing happened. Repeat it with the same key after `Retry-After`.",
                retryAfterSeconds: 1)
        case .projectionLag:
            Entry(
                503, "The read model is not there yet",
                "It had not reached `Summa-Min-Sequence` within 2 s. Nothing older is answered.", retryAfterSeconds: 1)
        case .storageFull:
            Entry(503, "There is no room to write", "Nothing was written; reads go on.", retryAfterSeconds: 30)
        case .storeUnavailable:
            Entry(
                503, "The database does not answer", "Nothing happened. Repeat it with the same key.",
                retryAfterSeconds: 1)
        case .outcomeUnknown:
            Entry(
                503, "It is not known whether this happened",
                "The database went away in the midst of it. Repeat it with the same key: it takes effect at most once.",
                retryAfterSeconds: 2)
        case .shuttingDown:
            Entry(503, "The server is stopping", "Nothing happened. Repeat it with the same key.", retryAfterSeconds: 1)
        case .internalFault:
            Entry(
                500, "Something failed on our side",
                "It may have happened or not. Repeat it with the same key: it takes effect at most once. Quote `request_id`.",
                retryAfterSeconds: 1)
        }
    }
}
