package dev.dromedary.provider;

import dev.dromedary.config.DromedaryConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** MX records from recursive name servers, by UDP and, where the reply is cut, by TCP. */
public final class DnsMxLookup implements MxLookup {
    private static final int DNS_PORT = 53;
    private static final Duration ABSENCE_WITHOUT_SOA = Duration.ofMinutes(5);
    private final Resolver resolver;

    DnsMxLookup(Resolver resolver) {
        this.resolver = resolver;
    }

    /** @param settings name servers as {@code dns://host:port}; the system's where there are none */
    public static DnsMxLookup of(DromedaryConfig.MxRollup settings) {
        var servers = new ArrayList<Resolver>();
        for (URI server : settings.nameServers()) {
            servers.add(new SimpleResolver(address(server)));
        }
        var resolver = servers.isEmpty() ? new ExtendedResolver() : new ExtendedResolver(servers);
        resolver.setTimeout(settings.timeout());
        resolver.setRetries(2);
        return new DnsMxLookup(resolver);
    }

    private static InetSocketAddress address(URI server) {
        try {
            return new InetSocketAddress(InetAddress.getByName(server.getHost()), server.getPort() < 0 ? DNS_PORT : server.getPort());
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException("[NAME_SERVER_UNKNOWN] mxRollup.nameServers: " + server + "; write its IP address, such as dns://192.0.2.53", unknown);
        }
    }

    @Override
    public CompletableFuture<Answer> lookup(String asciiDomain) {
        try {
            Name name = Name.fromString(asciiDomain, Name.root);
            return resolver.sendAsync(Message.newQuery(Record.newRecord(name, Type.MX, DClass.IN))).thenApply(DnsMxLookup::answer).toCompletableFuture();
        } catch (TextParseException unaskable) {
            return CompletableFuture.failedFuture(unaskable);
        }
    }

    private static Answer answer(Message reply) {
        int code = reply.getRcode();
        if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
            throw new CompletionException(new IOException("name server replied " + Rcode.string(code)));
        }
        var found = new ArrayList<MXRecord>();
        for (Record record : reply.getSection(Section.ANSWER)) {
            if (record instanceof MXRecord mx) {
                found.add(mx);
            }
        }
        if (found.isEmpty()) {
            return new Answer(List.of(), absence(reply));
        }
        found.sort(Comparator.comparingInt(MXRecord::getPriority));
        long seconds = found.stream().mapToLong(Record::getTTL).min().orElse(0);
        List<String> hosts = found.stream().map(MXRecord::getTarget).filter(target -> !target.equals(Name.root))
                .map(target -> target.toString(true).toLowerCase(Locale.ROOT)).toList();
        return new Answer(hosts, Duration.ofSeconds(seconds));
    }

    /** RFC 2308 section 5: the lesser of the SOA's own time to live and its minimum field. */
    private static Duration absence(Message reply) {
        for (Record record : reply.getSection(Section.AUTHORITY)) {
            if (record instanceof SOARecord soa) {
                return Duration.ofSeconds(Math.min(soa.getTTL(), soa.getMinimum()));
            }
        }
        return ABSENCE_WITHOUT_SOA;
    }
}
