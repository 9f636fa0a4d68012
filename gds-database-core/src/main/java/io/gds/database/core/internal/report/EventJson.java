package io.gds.database.core.internal.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gds.database.run.RunEvent;
import java.util.Map;

/** Events as JSON objects; the keys are part of {@code docs/report-format.md}. */
public final class EventJson {
    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private EventJson() {}

    /** The event in one line, without a line break at its end. */
    public static String line(RunEvent event) {
        ObjectNode o = MAPPER.createObjectNode().put("run", event.run().value());
        return o.setAll(node(event)).toString();
    }

    static ObjectNode node(RunEvent e) {
        ObjectNode o = MAPPER.createObjectNode();
        o.put("seq", e.seq());
        o.put("at", e.at().toString());
        o.put("type", e.type().name());
        o.put("step", e.step().orElse(null));
        Map<String, Object> data = e.data().asMap();
        o.set("data", MAPPER.valueToTree(data));
        return o;
    }
}
