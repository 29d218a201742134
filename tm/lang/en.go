package lang

var _ = register("en", Profile{})
