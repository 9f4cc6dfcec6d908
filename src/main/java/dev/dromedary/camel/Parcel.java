package dev.dromedary.camel;

import java.util.Map;

/** One JMS message to be sent within the commit of the exchange at hand. */
record Parcel(String queue, Map<String, Object> headers, byte[] body) {
}
