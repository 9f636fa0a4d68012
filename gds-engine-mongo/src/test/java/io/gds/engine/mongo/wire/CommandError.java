package io.gds.engine.mongo.wire;

import java.util.List;
import org.bson.Document;

/** A refusal as servers write it. */
public final class CommandError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String codeName;
    private final String[] labels;

    /** A refusal; drivers repeat a write only where a label says so. */
    public CommandError(int code, String codeName, String message, String... labels) {
        super(message, null, false, false);
        this.code = code;
        this.codeName = codeName;
        this.labels = labels.clone();
    }

    Document answer() {
        Document out = new Document("ok", 0.0)
                .append("errmsg", getMessage())
                .append("code", code)
                .append("codeName", codeName);
        return labels.length == 0 ? out : out.append("errorLabels", List.of(labels));
    }
}
