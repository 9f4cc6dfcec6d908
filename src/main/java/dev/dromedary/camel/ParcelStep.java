package dev.dromedary.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.jms.JmsConstants;

/** Loads one parcel into the exchange for the JMS producer that follows: its queue, its headers and nothing else. */
public final class ParcelStep {
    public void load(Exchange exchange) {
        Message message = exchange.getMessage();
        Parcel parcel = message.getBody(Parcel.class);
        message.removeHeaders("*");
        message.setHeaders(new java.util.HashMap<>(parcel.headers()));
        message.setHeader(JmsConstants.JMS_DESTINATION_NAME, parcel.queue());
        message.setBody(parcel.body());
    }
}
