"""For every shape a few facts that it must object to, as somebody might record or merge them by mistake."""

from __future__ import annotations

IMPOSSIBLE: dict[str, str] = {
    "LawyerActsAsOfficial": """
        id:hearing a pn:Event ; pn:inCase id:case . id:trial a pn:Event ; pn:inCase id:case .
        id:x pn:lawyerIn id:hearing ; pn:actingOfficialIn id:trial .""",
    "LawyerActedAgainstClient": "id:x pn:defended id:client ; pn:actedAgainst id:client .",
    "OfficialIsAffected": "id:trial a pn:Event ; pn:actingOfficial id:x ; pn:affectedPerson id:x , id:y .",
    "OfficialIsLawyer": "id:trial a pn:Event ; pn:actingOfficial id:x ; pn:lawyer id:x .",
    "OfficialIsDefendantOfCase": """
        id:case pn:caseDefendant id:x . id:trial a pn:Event ; pn:inCase id:case . id:x pn:actingOfficialIn id:trial ;
        pn:actedInCase id:case .""",
    "RelatedToSelf": "id:x a pn:Person ; pn:name 'X' ; pn:relativeOf id:x .",
    "DiesBeforeBirth": """
        id:death a pn:Death ; pn:deceased id:x ; pn:latest '1990-05-01'^^xsd:date . id:x pn:bornOn '1991'^^xsd:gYear .""",
    "BornAfterEvent": """
        id:x pn:bornOn '2001-03'^^xsd:gYearMonth ; pn:participantIn id:trial . id:trial pn:latest '2001-02-28'^^xsd:date .""",
    "ActsAsMinor": """
        id:x pn:bornOn '2010'^^xsd:gYear ; pn:actingOfficialIn id:trial .
        id:trial pn:latest '2021-08-16'^^xsd:date .""",
    "ActsAfterDeath": """
        id:death a pn:Death ; pn:deceased id:x ; pn:latest '2020-05-01'^^xsd:date . id:arrest a pn:Detention ; pn:detainee id:x ;
        pn:earliest '2020-05-02'^^xsd:date .""",
    "TriedAfterDeath": """
        id:death a pn:Death ; pn:deceased id:x ; pn:latest '2020-05-01'^^xsd:date .
        id:trial a pn:Sentence ; pn:body id:court ; pn:defendant id:x ; pn:earliest '2021-01-01'^^xsd:date .""",
    "DeceasedInRuling": "id:ruling a pn:AppealRuling ; pn:deceased id:x .",
    "DiesTwice": "id:one a pn:Death ; pn:deceased id:x . id:other a pn:Death ; pn:deceased id:x .",
    "SentenceBeforeDetention": """
        id:trial a pn:Sentence ; pn:body id:court ; pn:defendant id:x ; pn:inCase id:case ; pn:latest '2019-12-31'^^xsd:date .
        id:arrest a pn:Detention ; pn:detainee id:x ; pn:inCase id:case ; pn:earliest '2020-01-01'^^xsd:date .""",
    "ReleaseBeforeDetention": """
        id:release a pn:Release ; pn:affectedPerson id:x ; pn:latest '2019-12-31'^^xsd:date .
        id:arrest a pn:Detention ; pn:detainee id:x ; pn:earliest '2020-01-01'^^xsd:date .""",
    "ReviewBeforeDecision": """
        id:appeal a pn:AppealRuling ; pn:reviews id:trial ; pn:latest '2019-12-31'^^xsd:date .
        id:trial pn:earliest '2020-01-01'^^xsd:date .""",
    "ReviewCircle": "id:appeal pn:reviews id:trial . id:trial pn:reviews id:appeal .",
    "RequestAfterSentence": """
        id:trial a pn:Sentence ; pn:body id:court ; pn:defendant id:x ; pn:inCase id:case ; pn:latest '2019-12-31'^^xsd:date .
        id:request a pn:SentenceRequest ; pn:defendant id:x ; pn:inCase id:case ; pn:earliest '2020-01-01'^^xsd:date .""",
    "EndsBeforeBeginning": "id:ruling pn:until '2019-07'^^xsd:gYearMonth ; pn:earliest '2019-08-01'^^xsd:date .",
    "ReportedBeforeItHappened": """
        <https://w3id.org/persecution-networks/id/news/verdict> pn:date '2021-02'^^xsd:gYearMonth ;
        pn:earliest '2021-02-01'^^xsd:date .
        <https://w3id.org/persecution-networks/id/source/news> pn:publishedOn '2021-01-31'^^xsd:date .""",
    "DatedEvent": "id:arrest a pn:AdverseEvent ; pn:affectedPerson id:x .",
    "SentenceNamesCourt": "id:trial a pn:Sentence .",
    "AffectsSomebody": "id:search a pn:AdverseEvent ; pn:date '2020'^^xsd:gYear .",
    "PenaltyOfJudgment": "id:hearing a pn:Hearing ; pn:hasPenalty id:penalty . id:penalty pn:years 5.0 .",
    "PenaltyOfAffected": """
        id:trial a pn:AppealRuling ; pn:hasPenalty id:penalty ; pn:affectedPerson id:y . id:penalty pn:penalized id:x .""",
    "PenaltyRange": "id:penalty pn:minYears 7.0 ; pn:maxYears 5.0 .",
    "PrisonWithinTerm": "id:penalty pn:prisonYearsFirst 7.0 ; pn:years 5.0 .",
    "AcquittedWithPenalty": """
        id:trial a pn:Sentence ; pn:body id:court ; pn:outcome outcome:acquitted ; pn:hasPenalty id:penalty .
        id:penalty pn:penaltyKind penalty-kind:imprisonment .""",
    "PenaltyLength": "id:penalty a pn:Penalty ; pn:years 0.0 . id:other a pn:RequestedPenalty ; pn:years 120.0 .",
    "FineCurrency": "id:penalty pn:fineAmount 5000.0 . id:other pn:fineAmount 10.0 ; pn:currency 'roubles' .",
    "TenureEndsBeforeStart": "id:tenure pn:startDate '2019-05'^^xsd:gYearMonth ; pn:endDate '2018'^^xsd:gYear .",
    "CitedAfterTenure": "id:tenure pn:endDate '2018'^^xsd:gYear ; pn:citedOn '2019-01-01'^^xsd:date .",
    "CitedBeforeTenure": "id:tenure pn:startDate '2018-03'^^xsd:gYearMonth ; pn:citedOn '2018-02-28'^^xsd:date .",
    "PostInBodyNotFounded": """
        id:tenure pn:inPost id:post ; pn:startDate '2013'^^xsd:gYear . id:post pn:postIn id:court .
        id:court pn:foundedOn '2014-12'^^xsd:gYearMonth .""",
    "PostInBodyDissolved": """
        id:tenure pn:inPost id:post ; pn:startDate '2019'^^xsd:gYear . id:post pn:postIn id:court .
        id:court pn:dissolvedOn '2018'^^xsd:gYear .""",
    "BodyActsBeforeFounding": """
        id:trial pn:body id:court ; pn:latest '2013-12-31'^^xsd:date . id:court pn:foundedOn '2014'^^xsd:gYear .""",
    "BodyActsAfterDissolution": """
        id:trial pn:body id:court ; pn:earliest '2019-01-01'^^xsd:date . id:court pn:dissolvedOn '2018'^^xsd:gYear .""",
    "WithinItself": "id:case pn:partOfCase id:series . id:series pn:partOfCase id:case .",
    "FarFromParent": """
        id:quarter a pn:Place ; pn:within id:city ; pn:latitude 44.9 ; pn:longitude 34.1 .
        id:city a pn:Place ; pn:placeKind place-kind:city ; pn:latitude 34.1 ; pn:longitude 44.9 .""",
    "PersonForm": "id:x a pn:Person ; pn:age -1 , 130 ; pn:sex 'f' .",
    "IdentifierForm": "id:x pn:wikidataId 'https://www.wikidata.org/wiki/Q42' .",
    "OneWikidataItem": "id:x pn:wikidataId 'Q42' , 'Q43' .",
    "PlaceForm": "id:there a pn:Place ; pn:latitude 91.0 , -91.0 ; pn:longitude 181.0 , -181.0 .",
    "DateForm": "id:trial pn:date 'last summer' .",
    "SourceForm": """
        id:source a pn:Source ; pn:url 'https://news.example/1'^^xsd:anyURI . id:other a pn:Source ; dcterms:title 'T' ;
        pn:locator 'shelf' ;
        pn:publisher id:one , id:two ; pn:originPublisher id:nobody .""",
    "SourceFindable": "id:source a pn:Source ; dcterms:title 'T' ; pn:publisher id:news .",
    "PassageForm": "id:passage a pn:Passage . id:decision a pn:Decision ; pn:inSource id:one , id:two ; pn:summary 'Short.' .",
    "CopyHash": "id:copy pn:contentHash 'abc' .",
    "TextChanged": f"""
        id:passage a pn:Passage ; pn:ordinal 1 ; pn:summary 'It says so.' ; pn:inSource id:page .
        id:page pn:hasAccess id:a1 , id:a2 .
        id:a1 pn:accessedAt '2026-01-01T00:00:00Z'^^xsd:dateTime ; pn:contentHash '{"a" * 64}' .
        id:a2 pn:accessedAt '2026-02-01T00:00:00Z'^^xsd:dateTime ; pn:contentHash '{"b" * 64}' .""",
}
"""The name of the shape -> facts in Turtle."""

SOUND: dict[str, str] = {
    "a changed text that was reviewed, and one that changed back": f"""
        id:passage a pn:Passage ; pn:ordinal 1 ; pn:summary 'It says so.' ; pn:inSource id:page .
        id:page pn:hasAccess id:a1 , id:a2 .
        id:a1 pn:accessedAt '2026-01-01T00:00:00Z'^^xsd:dateTime ; pn:contentHash '{"a" * 64}' .
        id:a2 pn:accessedAt '2026-02-01T00:00:00Z'^^xsd:dateTime ; pn:contentHash '{"b" * 64}' ;
          pn:reviewedOn '2026-02-02'^^xsd:date .
        id:other a pn:Passage ; pn:ordinal 1 ; pn:summary 'It says that.' ; pn:inSource id:list .
        id:list pn:hasAccess id:b1 , id:b2 , id:b3 .
        id:b1 pn:accessedAt '2026-01-01T00:00:00Z'^^xsd:dateTime ; pn:contentHash '{"a" * 64}' .
        id:b2 pn:accessedAt '2026-02-01T00:00:00Z'^^xsd:dateTime ; pn:contentHash '{"b" * 64}' .
        id:b3 pn:accessedAt '2026-03-01T00:00:00Z'^^xsd:dateTime ; pn:contentHash '{"a" * 64}' .""",
    "the lawyer of one case prosecuted another": """
        id:hearing a pn:Event ; pn:inCase id:case . id:trial a pn:Event ; pn:inCase id:other .
        id:x pn:lawyerIn id:hearing ; pn:actingOfficialIn id:trial .""",
    "died in the year of birth": (
        "id:death a pn:Death ; pn:deceased id:x ; pn:latest '1991-05-01'^^xsd:date . id:x pn:bornOn '1991'^^xsd:gYear ."
    ),
    "one of two dates of birth fits": """
        id:x pn:bornOn '2001-03'^^xsd:gYearMonth , '1991-03'^^xsd:gYearMonth ; pn:participantIn id:trial .
        id:trial pn:latest '2001-02-28'^^xsd:date .""",
    "born around the year of the event": """
        id:x pn:bornOn '2001~'^^<http://id.loc.gov/datatypes/edtf/EDTF> ; pn:participantIn id:trial .
        id:trial pn:latest '2000-02-28'^^xsd:date .""",
    "born in an interval that begins before": """
        id:x pn:bornOn '1990/2003'^^<http://id.loc.gov/datatypes/edtf/EDTF> ; pn:participantIn id:trial .
        id:trial pn:latest '2001-02-28'^^xsd:date .""",
    "the day of death is also that of the arrest": """
        id:death a pn:Death ; pn:deceased id:x ; pn:latest '2020-05-01'^^xsd:date . id:arrest a pn:Detention ; pn:detainee id:x ;
        pn:earliest '2020-05-01'^^xsd:date .""",
    "the health of somebody dead was examined": """
        id:death a pn:Death ; pn:deceased id:x ; pn:latest '2020-05-01'^^xsd:date . id:autopsy a pn:HealthFinding ;
        pn:prisoner id:x ;
        pn:earliest '2020-05-04'^^xsd:date .""",
    "sources disagree on the arrest, and one date fits": """
        id:trial a pn:Sentence ; pn:body id:court ; pn:defendant id:x ; pn:inCase id:case ; pn:latest '2019-12-31'^^xsd:date .
        id:arrest a pn:Detention ; pn:detainee id:x ; pn:inCase id:case ;
        pn:earliest '2020-01-01'^^xsd:date , '2019-01-01'^^xsd:date .""",
    "sources disagree on the verdict, and one date fits": """
        id:trial a pn:Sentence ; pn:body id:court ; pn:defendant id:x ; pn:inCase id:case ;
        pn:latest '2019-12-31'^^xsd:date , '2021-12-31'^^xsd:date .
        id:arrest a pn:Detention ; pn:detainee id:x ; pn:inCase id:case ; pn:earliest '2020-01-01'^^xsd:date .""",
    "an earlier arrest has no date": """
        id:trial a pn:Sentence ; pn:body id:court ; pn:defendant id:x ; pn:inCase id:case ; pn:latest '2019-12-31'^^xsd:date .
        id:first a pn:Detention ; pn:detainee id:x ; pn:inCase id:case .
        id:arrest a pn:Detention ; pn:detainee id:x ; pn:inCase id:case ; pn:earliest '2020-01-01'^^xsd:date .""",
    "the arrest was some time before or after its date": """
        id:trial a pn:Sentence ; pn:body id:court ; pn:defendant id:x ; pn:inCase id:case ; pn:latest '2019-12-31'^^xsd:date .
        id:arrest a pn:Detention ; pn:detainee id:x ; pn:inCase id:case ;
        pn:date '2020-01~'^^<http://id.loc.gov/datatypes/edtf/EDTF> ;
        pn:earliest '2020-01-01'^^xsd:date .""",
    "the appeal is open towards the future": """
        id:appeal a pn:AppealRuling ; pn:reviews id:trial ; pn:latest '2019-12-31'^^xsd:date ;
        pn:date '2018/..'^^<http://id.loc.gov/datatypes/edtf/EDTF> . id:trial pn:earliest '2020-01-01'^^xsd:date .""",
    "remand runs out in the month it was ordered": """
        id:ruling pn:until '2019-08'^^xsd:gYearMonth ; pn:earliest '2019-08-10'^^xsd:date .""",
    "updated after the event": """
        <https://w3id.org/persecution-networks/id/news/verdict> pn:date '2021-02'^^xsd:gYearMonth ;
        pn:earliest '2021-02-01'^^xsd:date .
        <https://w3id.org/persecution-networks/id/source/news> pn:publishedOn '2021-01-31'^^xsd:date ;
        pn:updatedOn '2021-03-01'^^xsd:date .""",
    "one of two ranges is in order": "id:penalty pn:minYears 7.0 , 2.0 ; pn:maxYears 5.0 .",
    "an acquittal recorded as such": """
        id:trial a pn:Sentence ; pn:body id:court ; pn:outcome outcome:acquitted ; pn:hasPenalty id:penalty .
        id:penalty pn:penaltyKind penalty-kind:acquittal .""",
    "the post was left in the month it was taken": """
        id:tenure pn:startDate '2019-05-06'^^xsd:date ; pn:endDate '2019-05'^^xsd:gYearMonth .""",
    "the body was founded in the year of the trial": (
        "id:trial pn:body id:court ; pn:latest '2014-03-31'^^xsd:date . id:court pn:foundedOn '2014'^^xsd:gYear ."
    ),
    "sources disagree on when the post began, and one date fits": """
        id:tenure pn:inPost id:post ; pn:startDate '2013'^^xsd:gYear , '2015'^^xsd:gYear . id:post pn:postIn id:court .
        id:court pn:foundedOn '2014'^^xsd:gYear .""",
    "an interval of years": "id:trial pn:date '2019-05~/..'^^<http://id.loc.gov/datatypes/edtf/EDTF> .",
}
"""What looks alike and is possible -> facts in Turtle that no shape objects to, but for gaps."""
