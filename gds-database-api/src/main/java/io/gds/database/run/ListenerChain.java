package io.gds.database.run;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps listeners from each other's exceptions. */
record ListenerChain(List<RunListener> listeners) implements RunListener {
    private static final Logger LOG = LoggerFactory.getLogger(RunListener.class);

    @Override
    public void onEvent(RunEvent event) {
        for (RunListener l : listeners) {
            try {
                l.onEvent(event);
            } catch (RuntimeException e) {
                LOG.warn(
                        "listener {} failed on {}; fix or remove it, the run goes on",
                        l.getClass().getName(),
                        event,
                        e);
            }
        }
    }
}
