package dev.dromedary.cli.top;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers of a program that is busy and in some trouble, as docs/http-api.md has them. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    static final String URL = "http://127.0.0.1:8025";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Call, String> ANSWERS = new EnumMap<>(Map.of(
            Call.NODE, """
                    {"node": "mx-1", "version": "0.1.0", "at": "2026-11-24T12:00:00Z", "started": "2026-11-21T08:00:00Z", "ready": true, "down": []}""",
            Call.THROUGHPUT, """
                    {"node": "mx-1", "at": "2026-11-24T12:00:00Z", "accepted": [{"way": "http", "messages": 1000}, {"way": "smtp", "messages": 500}], "refused": [],
                     "outcomes": [{"provider": "google", "pool": "bulk", "outcome": "delivered", "attempts": 900}, {"provider": "google", "pool": "bulk", "outcome": "deferred", "attempts": 40},
                      {"provider": "yahoo", "pool": "spare", "outcome": "bounced", "attempts": 5}]}""",
            Call.STATUS, """
                    {"problems": ["[POOL_UNREACHABLE] pool spare: unhealthy, 4 failures in a row, the last: refused; no mail goes there until a trial succeeds"], "queues": {"mail.lane.google": 12034},
                     "waiting": [{"provider": "google", "kind": "deferred", "messages": 317, "earliest": "2026-11-24T12:01:30Z"}], "dead_letters": 12,
                     "pools": [{"id": "bulk", "server": "10.0.0.1:25", "health": "healthy", "in_flight": 7, "max_connections": 50, "mean_seconds": 0.21, "last_failure": null, "binding": null},
                      {"id": "spare", "server": "10.0.0.2:25", "health": "unhealthy", "in_flight": 0, "max_connections": 20, "mean_seconds": null, "last_failure": "connection refused", "binding": null},
                      {"id": "old", "server": "10.0.0.3:25", "health": "healthy", "in_flight": 1, "max_connections": 20, "mean_seconds": 0.4, "last_failure": null, "binding": "pool old paused"}]}""",
            Call.LANES, """
                    {"ages": ["0-5m", "5m-1h", "1-6h", "6-24h", ">24h"], "lanes": [
                     {"provider": "google", "hold": null, "queued": 12034, "under_way": 50, "oldest_seconds": 7300, "waiting": 317, "by_age": [200, 100, 15, 2, 0],
                      "reasons": [{"kind": "deferred", "category": "rate", "code": 421, "messages": 300, "for_example": "421 4.7.28 unusual rate"}]},
                     {"provider": "yahoo", "hold": "provider yahoo paused until 2026-11-24T13:00:00Z by ann: outage", "queued": 4, "under_way": 0, "oldest_seconds": 30, "waiting": 0, "by_age": [0, 0, 0, 0, 0], "reasons": []},
                     {"provider": "aol", "hold": null, "queued": 0, "under_way": 0, "oldest_seconds": null, "waiting": 0, "by_age": [0, 0, 0, 0, 0], "reasons": []}]}""",
            Call.MATRIX, """
                    {"pools": ["bulk", "spare", "old"], "cells": [
                     {"provider": "google", "pool": "bulk", "score": 0.41, "accepted": 812.5, "in_flight": 5, "max_connections": 20, "binding": null,
                      "ceiling": {"halted_until": null, "per_second": 0.5, "connections": 3, "messages_per_connection": null, "why": "adaptive pace 30/min: 12 of 90 put off"}},
                     {"provider": "yahoo", "pool": "bulk", "score": 0.98, "accepted": 10, "in_flight": 0, "max_connections": 20, "binding": "suspended",
                      "ceiling": {"halted_until": "2026-11-24T12:30:00Z", "per_second": null, "connections": 20, "messages_per_connection": null, "why": "suspend by rule yahoo-tss04 until 2026-11-24T12:30:00.123Z: 421 4.7.0 [TSS04]"}},
                     {"provider": "yahoo", "pool": "old", "score": 0.2, "accepted": 10, "in_flight": 0, "max_connections": 20, "binding": "x",
                      "ceiling": {"halted_until": "2026-11-24T12:05:00Z", "per_second": null, "connections": 20, "messages_per_connection": null, "why": "taken out until 2026-11-24T12:05:00Z: 9 of 20 blocked"}},
                     {"provider": "google", "pool": "old", "score": 0.99, "accepted": 10, "in_flight": 1, "max_connections": 1000000, "binding": "pool old: rate of 60/min", "ceiling": null},
                     {"provider": "aol", "pool": "bulk", "score": 1.0, "accepted": 10, "in_flight": 2, "max_connections": 20, "binding": null, "ceiling": null}]}""",
            Call.HOLDS, """
                    {"holds": [{"id": 3, "kind": "pool", "value": "old", "mode": "drain", "reason": "new kernel", "by": "ann", "since": "2026-11-24T11:00:00Z", "expires": "2026-11-24T13:00:00Z", "in_flight": 1, "state": "draining"}]}""",
            Call.REACTIONS, """
                    {"reactions": [], "total": 0}""",
            Call.WARNINGS, """
                    {"warnings": [{"id": "w1", "kind": "rising-deferrals", "severity": "warning", "pool": "bulk", "provider": "google", "cause": "90 of 3263 put off (2.8 %) in 15 minutes", "share": 0.75,
                     "since": "2026-11-24T11:40:00Z", "end": "2026-11-24T12:15:00Z", "open": true}], "total": 1}""",
            Call.ALERTS, """
                    {"alerts": [{"id": "a1", "rule": "low-throughput", "severity": "critical", "state": "open", "metric": "throughput", "subject": "google", "value": 0.2, "threshold": 5, "unit": "per second",
                     "since": "2026-11-24T11:48:00Z", "text": "0.2 per second, at least 5 are expected", "suggested": ["look at the pools", "raise the pace"]}]}""",
            Call.HISTORY, """
                    {"times": ["2026-11-24T11:56:00Z", "2026-11-24T11:57:00Z", "2026-11-24T11:58:00Z", "2026-11-24T11:59:00Z", "2026-11-24T12:00:00Z"],
                     "series": [{"name": "", "accepted": [60, 600, null, 1200, 7], "delivered": [0, 300, null, 600, 1], "deferred": [0, 0, null, 0, 0], "bounced": [1, 0, null, 2, 0]}]}"""));

    private Samples() {
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static Map<Call, String> answers() {
        var all = new EnumMap<>(ANSWERS);
        all.put(Call.DEFERRED, """
                {"deferred": [{"id": "m.1", "from": "shop@example.com", "to": "ann@gmail.com", "provider": "google", "pool": "bulk", "kind": "deferred", "category": "rate", "code": 421,
                 "reason": "421 4.7.28 unusual rate", "attempt": 3, "next_attempt": "2026-11-24T12:01:30Z"}], "total": 317}""");
        all.put(Call.DEAD, """
                {"dead_letters": [{"id": "m.2", "to": "gone@yahoo.com", "provider": "yahoo", "pool": "bulk", "outcome": "bounced", "code": 550, "category": "userunknown", "in_doubt": false,
                 "reason": "5.1.1 no such user", "dead_at": "2026-11-24T11:00:00Z"}], "total": 12}""");
        return all;
    }

    /** With every text in it replaced. */
    static JsonNode with(JsonNode node, String text) {
        if (node.isObject()) {
            var out = JSON.createObjectNode();
            node.fields().forEachRemaining(field -> out.set(field.getKey(), with(field.getValue(), text)));
            return out;
        }
        if (node.isArray()) {
            var out = JSON.createArrayNode();
            node.forEach(each -> out.add(with(each, text)));
            return out;
        }
        return node.isTextual() && Figures.instant(node) == null ? JSON.getNodeFactory().textNode(text) : node;
    }

    static Snapshot busy() {
        return snapshot(null, null);
    }

    /** @param text in place of every text that is no time; null: as it is */
    static Snapshot snapshot(@Nullable String text, Snapshot.@Nullable Trouble trouble) {
        var answers = new EnumMap<Call, JsonNode>(Call.class);
        answers().forEach((call, answer) -> answers.put(call, text == null ? json(answer) : with(json(answer), text)));
        var meter = new RateMeter();
        meter.read(json("{\"node\": \"mx-1\", \"at\": \"2026-11-24T11:59:50Z\", \"accepted\": [{\"way\": \"http\", \"messages\": 1300}], \"outcomes\": []}"));
        return new Snapshot(URL, answers, meter.read(json(answers().get(Call.THROUGHPUT))), NOW, trouble, null, Map.of());
    }

    static Controls controls(View view) {
        return Controls.first(view, Duration.ofSeconds(2));
    }

    static Scene scene(Snapshot snapshot, Controls controls, int width, int height) {
        return new Scene(snapshot, controls, width, height, NOW, ZoneOffset.UTC);
    }
}
