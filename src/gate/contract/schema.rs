//! The contract as a JSON Schema (2020-12), for validators and generators of code.

use serde_json::{Map, Value, json};

use super::fields::{EVERY, Field, Shape};
use super::{ANYWHERE, Contract, Key, Need, SCHEMA, Takes, Verb, fields_of};

/// The whole contract: under `$defs` the request and the answers of every op, as a stream has them.
pub fn json_schema() -> Value {
    let mut defs = Map::new();
    defs.insert("every".into(), every());
    for verb in Verb::ALL {
        let contract = verb.contract();
        defs.insert(
            format!("{}.request", verb.as_str()),
            request(*verb, contract),
        );
        let mut answers = Vec::new();
        for yes in contract.yes {
            let own = yes.fields.iter().flat_map(|fields| fields.iter());
            let name = format!("{}.{}", verb.as_str(), yes.word);
            answers.push(json!({"$ref": format!("#/$defs/{name}")}));
            defs.insert(name, answer(true, yes.word, own));
        }
        for reason in contract.no.iter().chain(ANYWHERE) {
            let name = format!("no.{reason}");
            answers.push(json!({"$ref": format!("#/$defs/{name}")}));
            defs.entry(name)
                .or_insert_with(|| answer(false, reason, fields_of(reason).iter()));
        }
        defs.insert(
            format!("{}.answer", verb.as_str()),
            json!({"oneOf": answers}),
        );
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "admit gate",
        "description": "Requests to admit gate and its answers. In a stream each is one line.",
        "$defs": defs,
    })
}

fn request(verb: Verb, contract: &Contract) -> Value {
    let mut properties = Map::new();
    let mut required = vec!["op"];
    let mut one_of = Vec::new();
    let mut with = Map::new();
    for key in contract.all_keys(true) {
        let value = if key.name == "op" {
            json!({"const": verb.as_str(), "description": key.about})
        } else {
            taken(key)
        };
        properties.insert(key.name.into(), value);
        match key.need {
            Need::Required if key.name != "op" => required.push(key.name),
            Need::OrNull => required.push(key.name),
            Need::OneOf => one_of.push(json!({"required": [key.name]})),
            Need::With(other) => {
                with.insert(other.into(), json!([key.name]));
            }
            Need::Required | Need::Optional => {}
        }
    }
    let mut schema = json!({
        "description": contract.about,
        "type": "object",
        "properties": properties,
        "required": required,
    });
    if let Some(map) = schema.as_object_mut() {
        if !one_of.is_empty() {
            map.insert("anyOf".into(), one_of.into());
        }
        if !with.is_empty() {
            map.insert("dependentRequired".into(), with.into());
        }
    }
    schema
}

fn taken(key: &Key) -> Value {
    let mut value = match key.takes {
        Takes::Text | Takes::Secret | Takes::Token => json!({"type": "string"}),
        Takes::Words(words) => json!({"type": "string", "enum": words}),
        Takes::Ip => json!({"type": "string", "anyOf": [{"format": "ipv4"}, {"format": "ipv6"}]}),
        Takes::Flag => json!({"type": "boolean"}),
        Takes::Whole if key.name == "schema" => json!({"const": SCHEMA}),
        Takes::Whole => json!({"type": "integer", "minimum": 0}),
        Takes::Code | Takes::Label => json!({"type": ["string", "integer"]}),
    };
    if matches!(key.need, Need::Optional | Need::OrNull) {
        let bare = value;
        value = json!({"anyOf": [bare, {"type": "null"}]});
        if matches!(key.takes, Takes::Words(_)) {
            // A form that was left empty.
            value = json!({"anyOf": [value, {"const": ""}]});
        }
    }
    if let Some(map) = value.as_object_mut() {
        map.insert("description".into(), key.about.into());
    }
    value
}

/// What every answer has, except for what tells a yes from a no.
fn every() -> Value {
    let fields: Vec<&Field> = EVERY
        .iter()
        .filter(|field| !matches!(field.name, "ok" | "answer" | "reason"))
        .collect();
    let properties: Map<String, Value> = fields
        .iter()
        .map(|field| {
            let value = match field.name {
                "schema" => json!({"const": SCHEMA}),
                "id" => json!({"type": ["string", "integer", "null"]}),
                _ => shape(&field.shape),
            };
            (field.name.to_owned(), described(value, field.about))
        })
        .collect();
    let required: Vec<&str> = fields
        .iter()
        .map(|field| field.name)
        .filter(|name| *name != "id")
        .collect();
    json!({"type": "object", "properties": properties, "required": required})
}

fn answer(yes: bool, word: &str, own: impl Iterator<Item = &'static Field>) -> Value {
    let said = if yes { "answer" } else { "reason" };
    let mut properties = Map::new();
    let mut required = vec!["ok", said];
    properties.insert("ok".into(), json!({"const": yes}));
    properties.insert(said.into(), json!({"const": word}));
    for field in own {
        properties.insert(
            field.name.into(),
            described(shape(&field.shape), field.about),
        );
        required.push(field.name);
    }
    json!({
        "$ref": "#/$defs/every",
        "properties": properties,
        "required": required,
        "unevaluatedProperties": false,
    })
}

fn described(mut value: Value, about: &str) -> Value {
    if let Some(map) = value.as_object_mut() {
        map.insert("description".into(), about.into());
    }
    value
}

fn shape(shape: &Shape) -> Value {
    match shape {
        Shape::Text => json!({"type": "string"}),
        Shape::Time => json!({"type": "string", "format": "date-time"}),
        Shape::Whole => json!({"type": "integer"}),
        Shape::Flag => json!({"type": "boolean"}),
        Shape::Texts => json!({"type": "array", "items": {"type": "string"}}),
        Shape::Wholes => json!({"type": "array", "items": {"type": "integer"}}),
        Shape::Object(fields) => object(fields),
        Shape::Objects(fields) => json!({"type": "array", "items": object(fields)}),
        Shape::Map => json!({"type": "object"}),
        Shape::OrNull(inner) => json!({"anyOf": [self::shape(inner), {"type": "null"}]}),
    }
}

fn object(fields: &'static [Field]) -> Value {
    let properties: Map<String, Value> = fields
        .iter()
        .map(|field| {
            (
                field.name.to_owned(),
                described(shape(&field.shape), field.about),
            )
        })
        .collect();
    let required: Vec<&str> = fields.iter().map(|field| field.name).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "unevaluatedProperties": false,
    })
}
