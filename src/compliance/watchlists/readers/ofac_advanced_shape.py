"""The outline of OFAC's advanced XML, after the schema of the sanctions data model 1.0.

What nobody reads may hold other attributes, and any content where it says so: only what is read,
and what stands beside it, must be known.
"""

from __future__ import annotations

from typing import Final

from compliance.files import outline

SHAPE: Final = outline("""
Sanctions @*
  DateOfIssue @*
    Year
    Month
    Day
  ReferenceValueSets @* ...
  Locations
    Location* @ID @*
      LocationAreaCode* @AreaCodeID @*
      LocationCountry* @CountryID @*
      LocationPart* @LocPartTypeID @*
        LocationPartValue* @*
          Comment?
          Value
      FeatureVersionReference* @* ...
      IDRegDocumentReference* @* ...
  IDRegDocuments
    IDRegDocument* @ID @IDRegDocTypeID @IdentityID @*
      Comment?
      IDRegistrationNo?
      IssuingAuthority?
      DocumentDate* @* ...
      IDRegDocumentMention* @* ...
      FeatureVersionReference* @* ...
      DocumentedNameReference* @* ...
      ProfileRelationshipReference* @* ...
  DistinctParties
    DistinctParty* @FixedRef @*
      Comment?
      Profile @ID @PartySubTypeID @*
        Comment?
        Identity+ @ID @*
          Comment?
          Alias+ @AliasTypeID @Primary @LowQuality @*
            Comment?
            DatePeriod? @* ...
            DocumentedName+ @ID @*
              DocumentedNamePart+ @*
                NamePartValue+ @NamePartGroupID @ScriptID @*
              DocumentedNameCountry* @* ...
          NamePartGroups @*
            MasterNamePartGroup* @*
              NamePartGroup* @ID @NamePartTypeID @*
          IDRegDocumentReference* @* ...
        Feature* @ID @FeatureTypeID @*
          FeatureVersion+ @ID @*
            Comment?
            DatePeriod* @*
              Comment?
              Start? @Approximate @*
                From? @*
                  Year
                  Month
                  Day
                To? @*
                  Year
                  Month
                  Day
              End? @Approximate @*
                From? @*
                  Year
                  Month
                  Day
                To? @*
                  Year
                  Month
                  Day
              DurationMinimum? @* ...
              DurationMaximum? @* ...
            VersionDetail* @DetailTypeID @DetailReferenceID? @DeltaAction?
            VersionLocation* @LocationID @*
            IDRegDocumentReference* @* ...
          IdentityReference* @* ...
        SanctionsEntryReference* @* ...
        ExternalReference* @* ...
  ProfileRelationships
    ProfileRelationship* @ID @From-ProfileID @To-ProfileID @RelationTypeID @Former @* ...
  SanctionsEntries
    SanctionsEntry* @ID @ProfileID @ListID @*
      LimitationsToListing? @* ...
      EntryEvent+ @EntryEventTypeID @*
        Comment?
        Date @*
          Year
          Month
          Day
      SanctionsMeasure* @SanctionsTypeID @*
        Comment?
        DatePeriod? @* ...
      SupportingInfo* @* ...
  SanctionsEntryLinks? @* ...
""")
