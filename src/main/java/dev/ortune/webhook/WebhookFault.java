package dev.ortune.webhook;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;

/** What can be wrong with a request about an endpoint. */
final class WebhookFault {

    private WebhookFault() {}

    static InvalidInputException notFound(String id) {
        return new InvalidInputException(
                ErrorCode.WEBHOOK_NOT_FOUND,
                "There is no webhook endpoint " + id + ".",
                "Check the id against the list of your endpoints.");
    }

    static InvalidInputException tooMany(int limit) {
        return new InvalidInputException(
                ErrorCode.WEBHOOK_LIMIT,
                "There are " + limit + " webhook endpoints already, and no more are allowed.",
                "Delete endpoints that are no longer used.");
    }

    static InvalidInputException url(String wrong, String remedy) {
        return InvalidInputException.ofField(
                ErrorCode.INVALID_REQUEST, "url", "the address " + wrong, remedy);
    }

    static InvalidInputException description(int limit) {
        return InvalidInputException.ofField(
                "description", "must have at most " + limit + " printable characters");
    }
}
