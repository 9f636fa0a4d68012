package io.gds.engine.mongo.wire;

import org.bson.Document;

/** What a server that is played answers. Called on a thread of each connection, so by several at once. */
@FunctionalInterface
public interface Commands {
    /**
     * The answer to a command; {@code ok: 1} is added where it is missing.
     *
     * @param command the first key is its name and {@code $db} its database; document sequences stand where their identifier says
     * @throws CommandError to refuse it
     * @throws ConnectionCut to end the connection instead, before an effect or after it
     */
    Document answer(Document command);
}
