package io.gds.database.testkit.winrm;

import java.util.Optional;

/** Answers the requests of one connection, one after the other. */
interface Conversation {
    /** The answer; empty to cut the connection instead. */
    Optional<HttpResponse> answer(HttpRequest request) throws InterruptedException;
}
